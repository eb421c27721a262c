"""Two versions of a record side by side, field by field and rating by rating."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from toolkits import payloads, published
from toolkits.differences import differences
from toolkits.public.answers import conditional, gone, public
from toolkits.public.echoes import echo

LONGEST_NUMBER = 6  # digits; no record has more versions


def _asked(data, known):
    """(numbers of the two versions, problems, status) of a query; `known` are the numbers there are, the newest first."""
    numbers, wrong, missing = [], [], []
    for name in ("a", "b"):
        given = data.get(name, "").strip()
        if not given:
            wrong.append(_("The address does not say which version “%(name)s” is.") % {"name": name})
        elif not (given.isascii() and given.isdigit()):
            wrong.append(_("“%(value)s” is not the number of a version.") % {"value": echo(given)})
        elif len(given) > LONGEST_NUMBER or int(given) not in known:
            missing.append(
                _("There is no version %(value)s: the newest is version %(newest)s.")
                % {"value": echo(given), "newest": known[0]}
            )
        else:
            numbers.append(int(given))
    return numbers, [*wrong, *missing], 400 if wrong else 404 if missing else 200


@public
def compare(request, record):
    """/record/<id>/compare/?a=1&b=3: what differs between two versions; 410 once the record was removed."""
    page, versions = published.page_of_record(record), published.versions(record)
    if not versions:
        raise Http404(f"record {record}")
    page = page or published.shared_list(versions)
    if page.state == published.State.REMOVED:
        return gone(request, page)

    def respond():
        known = [version.version for version in versions]
        numbers, problems, status = _asked(request.GET, known)
        context = {"page": page, "record": record, "versions": versions, "problems": problems}
        if problems:
            # The form below the problems offers the last change.
            before, after = (known[1], known[0]) if len(known) > 1 else (known[0], known[0])
        else:
            before, after = numbers
            whole = published.whole_versions(record, numbers)
            context |= {
                "before": whole[before],
                "after": whole[after],
                "differences": [
                    (one.field, one.before, one.after)
                    for one in differences(payloads.dump(whole[before].document), payloads.dump(whole[after].document))
                ],
            }
        return render(request, "public/compare.html", context | {"a": before, "b": after}, status=status)

    return conditional(request, [page.publication, page.version, page.state], respond)
