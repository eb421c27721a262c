"""What each action leaves behind at every address of a record, and that no browser or process shows the old."""

from tests.factories.publishing import republish
from toolkits import actions
from toolkits.models import PublishedPage, Toolkit

MENTORING = "/toolkits/teaching-and-learning/mentoring/"


def text(response):
    return response.content.decode()


def test_withdrawn_page_stays_readable_and_leaves_every_list(network, client, mentoring, reviewer):
    before = client.get("/toolkits/teaching-and-learning/").context["listing"].total
    actions.withdraw(record=mentoring.pk, by=reviewer, reason="The figures are under review")

    response = client.get(MENTORING)
    assert response.status_code == 200
    assert "The figures are under review" in text(response)
    assert client.get("/toolkits/teaching-and-learning/").context["listing"].total == before - 1
    assert MENTORING not in text(client.get("/interventions/?q=&view=table&page=1"))
    assert f"<loc>http://testserver{MENTORING}</loc>" not in text(client.get("/sitemap.xml"))
    assert client.get(f"/record/{mentoring.pk}/").headers["Location"] == MENTORING
    assert client.get(f"/record/{mentoring.pk}/v1/").status_code == 200


def test_removed_page_is_gone_with_its_versions_and_says_why(network, client, mentoring, reviewer):
    actions.remove(record=mentoring.pk, by=reviewer, reason="It named a person")
    paths = [MENTORING, f"{MENTORING}studies/", f"{MENTORING}history/", f"{MENTORING}?format=pdf"]
    paths += [f"/record/{mentoring.pk}/", f"/record/{mentoring.pk}/v1/", f"/record/{mentoring.pk}/history/"]
    for path in paths:
        response = client.get(path)
        assert response.status_code == 410, path
        assert "It named a person" in text(response)


def test_merged_page_leads_to_the_other(network, client, mentoring, reviewer):
    into = PublishedPage.objects.get(path="/toolkits/teaching-and-learning/one-to-one-tuition/")
    actions.merge(record=mentoring.pk, into=into.record, by=reviewer, reason="One strand now")

    for path, target in [
        (MENTORING, into.path),
        (f"{MENTORING}history/", f"{into.path}history/"),
        (f"{MENTORING}?format=pdf", f"{into.path}?format=pdf"),
        (f"/record/{mentoring.pk}/", into.path),
    ]:
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, target)
    version = client.get(f"/record/{mentoring.pk}/v1/")
    assert version.status_code == 200
    assert version.context["current"] is None
    assert version.context["merged_into"].path == into.path


def test_moved_page_leaves_redirects(network, client, mentoring, editor, reviewer):
    mentoring.entry.slug = "mentors"
    mentoring.entry.save()
    republish(mentoring, editor, reviewer)

    new = "/toolkits/teaching-and-learning/mentors/"
    for below in ["", "studies/", "history/", "?format=csv"]:
        response = client.get(MENTORING + below)
        assert (response.status_code, response["Location"]) == (301, new + below)
    assert client.get(new).status_code == 200
    assert client.get(f"/record/{mentoring.pk}/")["Location"] == new
    assert client.get(f"/record/{mentoring.pk}/v1/").status_code == 200


def test_moved_toolkit_takes_its_feed_along(network, client, editor, reviewer):
    toolkit = Toolkit.objects.get(slug="early-years")
    toolkit.slug = "first-years"
    toolkit.save()
    republish(toolkit, editor, reviewer)

    assert client.get("/toolkits/early-years/")["Location"] == "/toolkits/first-years/"
    response = client.get("/feeds/early-years.xml")
    assert (response.status_code, response["Location"]) == (301, "/feeds/first-years.xml")


def test_history_shows_every_version_and_marks_the_living_one(network, client, mentoring, editor, reviewer):
    mentoring.summary = "A pupil meets an older peer every week."
    mentoring.save()
    republish(mentoring, editor, reviewer, note="Said more plainly")
    actions.restore(record=mentoring.pk, version=1, by=reviewer, reason="The first words were right")

    found = client.get(f"{MENTORING}history/").context["versions"]
    assert [(one.version, one.current, one.restored_from) for one in found] == [
        (3, True, 1),
        (2, False, None),
        (1, False, None),
    ]
    assert found[0].digest == found[2].digest != found[1].digest
    old = client.get(f"/record/{mentoring.pk}/v2/")
    assert "A pupil meets an older peer every week." in text(old)
    assert not old.context["version"].current
    assert "A pupil meets an older peer every week." not in text(client.get(MENTORING))


# Answers that a browser has already.


def test_page_is_not_sent_twice_until_something_changes(network, client, mentoring, reviewer):
    paths = ["/", "/interventions/", "/toolkits/teaching-and-learning/", MENTORING, "/centres/", "/feeds/changes.xml"]
    tags = {}
    for path in paths:
        first = client.get(path)
        tags[path] = first["ETag"]
        assert first["Cache-Control"] == "public, no-cache"
        assert not tags[path].startswith("W/")
        again = client.get(path, headers={"If-None-Match": tags[path]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == tags[path]

    actions.withdraw(record=mentoring.pk, by=reviewer, reason="Under review")
    for path in paths:
        assert client.get(path, headers={"If-None-Match": tags[path]}).status_code == 200, path


def test_nothing_is_rendered_for_an_answer_the_browser_has(network, client, django_assert_num_queries):
    tag = client.get("/interventions/")["ETag"]
    with django_assert_num_queries(1):
        response = client.get("/interventions/", headers={"If-None-Match": tag})
    assert response.status_code == 304
    assert not response.templates


def test_two_queries_of_one_list_have_two_tags(network, client):
    tags = {client.get(path)["ETag"] for path in ["/interventions/", "/interventions/?sort=changed", "/?a", "/?b"]}
    assert len(tags) == 4


def test_a_request_after_a_publication_sees_it_though_the_list_was_kept(network, client, mentoring, editor, reviewer):
    assert "Zebra mentoring" not in text(client.get("/toolkits/teaching-and-learning/?sort=changed"))
    mentoring.name = "Zebra mentoring"
    mentoring.save()
    republish(mentoring, editor, reviewer)
    assert "Zebra mentoring" in text(client.get("/toolkits/teaching-and-learning/?sort=changed"))
