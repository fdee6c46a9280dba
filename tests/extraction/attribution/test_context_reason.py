"""What somebody is said to be punished for is not told as a fact."""

from __future__ import annotations

import pytest

from graph import extraction, vocabulary
from graph.model import Document, Source


@pytest.fixture(scope="module")
def rules():
    return extraction.load("rules", known=(), entries=vocabulary.entries(), settings={})


@pytest.mark.parametrize("text", [
    "Mira Solheim had escaped torture in Tarnovik for her work and running the newspaper Harbour Post.",
    "Guards tortured Mira Solheim for running the newspaper Harbour Post.",
])
def test_the_deed_that_one_is_punished_for_is_no_fact(rules, text):
    found = rules.extract(Document(source=Source(id="a"), text=text)).statements
    assert not [s for s in found if s.relation == "operated" and s.stance == "asserted"]


def test_the_date_of_an_advertisement_is_not_the_report_s(rules):
    text = ("From 3 March 2024 on this page is free of banners, thanks to the people who pay for it.\nSupport us\n\n"
            "Mira Solheim fled Tarnovik for Oslo last summer after she was freed by a court there.\n")
    found = rules.extract(Document(source=Source(id="a"), text=text)).statements
    assert not [s.time for s in found if s.time]
