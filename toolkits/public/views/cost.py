"""What an intervention would cost in one place: a sheet that a reader fills in, all of it in the address."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from evidence import costing
from toolkits import freshness
from toolkits.public import cost_sheet
from toolkits.public.answers import bad_request, conditional, page_of
from toolkits.public.cost_figures import converted
from toolkits.public.downloads.cost_csv import cost_csv
from toolkits.public.echoes import echo


@page_of("intervention", below="cost/")
def cost(request, page):
    wanted, today = request.GET.get("format", ""), freshness.today()
    if wanted not in {"", "html", "csv"}:
        problem = _("“%(value)s” is not a format of this page. Use one of these: html, csv.") % {"value": echo(wanted)}
        return bad_request(request, [problem], request.path)

    def respond():
        sheet = cost_sheet.read(request.GET)
        if wanted == "csv" and sheet.result:
            return cost_csv(request, page, sheet, today)
        context = {
            "page": page,
            "document": page.document,
            "sheet": sheet,
            "prices": converted(page.document),
            "today": today,
            "draws": costing.DRAWS,
            "query": request.GET.urlencode(),
        }
        if sheet.result:
            context |= {
                "value": cost_sheet.value_of(sheet, page.document),
                "bar": cost_sheet.bar(sheet.result.per_person),
            }
        elif wanted == "csv" and not sheet.errors:
            sheet.errors = [("people", _("There is nothing to download yet: fill in the sheet first."))]
        return render(request, "public/cost.html", context, status=400 if sheet.errors else 200)

    return conditional(request, [page.publication, today], respond)
