"""Every limit on a document is refused with its name, the limit and what to do; what is odd but small is read."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from graph import sources
from graph.case import Case
from graph.errors import InputError, LimitError
from graph.limits import DEFAULT, Limits
from graph.model import Source


def read(data, name, limits=DEFAULT):
    return sources.read_content(data, name, limits)


def mail(*attached, body="See below.", **headers):
    message = EmailMessage()
    for name, value in {"From": "a@x.example", "Subject": "Boats", **headers}.items():
        message[name] = value
    if body is not None:
        message.set_content(body)
    for number, data in enumerate(attached):
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=f"part {number}.eml" if data.startswith(b"From") else f"part {number}.txt")
    return message.as_bytes()


def nested(depth):
    data = mail()
    for _ in range(depth):
        data = mail(data)
    return data


def test_a_mail_with_too_many_attachments_is_refused():
    assert "fifty" in read(mail(*[b"fifty boats"] * 50), "a.eml").text
    with pytest.raises(LimitError, match=r"a\.eml holds more than 50 attachments"):
        read(mail(*[b"x"] * 51), "a.eml")


def test_mails_within_mails_are_read_until_they_are_too_many_and_the_rest_is_said():
    assert read(nested(2), "a.eml").text.count("Boats") == 3
    content = read(nested(12), "a.eml")
    assert any("deep" in remark for remark in content.remarks) or "deep" in content.text


def test_a_mail_of_too_many_parts_or_lines_is_refused():
    with pytest.raises(LimitError, match="too deeply"):
        read(mail() + b"Content-Type: multipart/mixed\n" * 101, "a.eml")
    with pytest.raises(LimitError, match="a container, not a mail"):
        read(mail() + b"\n" * 1_000_001, "a.eml")


def test_a_mail_without_a_text_or_a_readable_date_is_read_all_the_same():
    content = read(mail(b"Nineteen boats.", body=None, Date="the day before"), "a.eml")
    assert "Nineteen boats." in content.text
    assert content.published == ""


def test_a_mail_in_html_is_its_words():
    message = EmailMessage()
    message["From"], message["Subject"] = "a@x.example", "Boats"
    message.set_content("<p>Nineteen <b>boats</b>.</p><script>never</script>", subtype="html")
    text = read(message.as_bytes(), "a.eml").text
    assert "Nineteen boats." in text
    assert "never" not in text


def test_a_mail_in_a_charset_that_is_none_is_refused_by_name():
    with pytest.raises(InputError, match=r"a\.eml"):
        read(b"From: a@x.example\nSubject: Boats\nMIME-Version: 1.0\nContent-Type: text/plain; charset=nonsense-8\n\nNineteen boats.\n", "a.eml")


@pytest.mark.parametrize("limit", [1, 5, 20])
def test_a_page_that_nests_deeper_than_the_limit_is_refused(limit):
    deep = b"<html><body>" + b"<div>" * (limit + 5) + b"<p>boats</p>" + b"</div>" * (limit + 5) + b"</body></html>"
    with pytest.raises(LimitError, match=r"nests elements more than .* deep\. Raise `nesting`"):
        read(deep, "a.html", Limits(nesting=limit))
    assert "boats" in read(deep, "a.html").text


def test_a_page_deeper_than_any_parser_goes_is_refused():
    with pytest.raises(LimitError, match=r"a\.html nests elements"):
        read(b"<html><body>" + b"<div>" * 3000 + b"boats", "a.html", Limits(nesting=10**6))


def test_a_document_outside_the_case_is_not_read(tmp_path):
    (tmp_path / "case" / "reports").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "case" / "reports" / "a.txt").symlink_to(tmp_path / "secret.txt")
    case = Case(folder=tmp_path / "case", title="")
    for file in ("../secret.txt", "reports/a.txt", "reports/../../secret.txt"):
        with pytest.raises(InputError, match="leads out of the case folder"):
            sources.read(case, Source(id="a", file=file))


def test_a_document_that_is_not_what_the_table_says_is_noted(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text("Nineteen boats.")
    document = sources.read(Case(folder=tmp_path, title=""), Source(id="a", file="reports/a.txt", sha256="0" * 64))
    assert [note.kind for note in document.notes] == ["undated", "changed"]
