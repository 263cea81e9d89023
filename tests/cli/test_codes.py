"""codes list, add, edit, move, merge, history, trash."""

import pytest

from tests.cli.terminal import done, terrain

pytestmark = pytest.mark.usefixtures("notebook")


def paths() -> list[str]:
    return [code["path"] for code in done("codes", "list", "--json").json]


def test_a_path_makes_the_codes_above() -> None:
    fair = done("codes", "add", "Price talk / fair", "--definition", "They find it fair.", "--json").json["id"]
    done("codes", "add", "opaque", "--parent", "price talk", "--use", "They did not see it coming.")
    assert paths() == ["Price talk", "Price talk / fair", "Price talk / opaque"]
    codes = {code["path"]: code for code in done("codes", "list", "--json").json}
    assert codes["Price talk / fair"]["id"] == fair
    assert codes["Price talk / opaque"]["include"] == "They did not see it coming."
    assert codes["Price talk / opaque"]["colour"] == codes["Price talk"]["colour"]
    assert "fair" in done("codes", "list").out


def test_a_name_twice_in_one_place_is_refused() -> None:
    done("codes", "add", "Becoming")
    assert terrain("codes", "add", "becoming ").sentence == (
        "There is a code “Becoming” at that place already; choose another name."
    )


def test_a_code_cannot_stand_below_itself() -> None:
    done("codes", "add", "a / b / c")
    assert terrain("codes", "move", "a", "c").sentence.startswith("“a” cannot stand below itself")
    done("codes", "move", "c")
    assert paths() == ["a", "a / b", "c"]
    done("undo")
    assert paths() == ["a", "a / b", "a / b / c"]


def test_merging_hands_over_codings_and_children(tmp_path: object) -> None:
    entry = done("add", "The invoice was opaque.").out.strip()
    done("codes", "add", "Money / late")
    first = done("codings", "add", entry, 4, 11, "Money").out.strip()
    done("codings", "add", entry, 4, 11, "Price talk")
    second = done("codings", "add", entry, 16, 22, "Money").out.strip()
    done("codes", "merge", "Money", "Price talk")
    assert paths() == ["Price talk", "Price talk / late"]
    codings = done("codings", "list", "--json").json
    assert [(coding["start"], coding["code"]) for coding in codings] == [(4, "Price talk"), (16, "Price talk")]
    done("undo")
    assert {coding["id"] for coding in done("codings", "list", "--json").json} >= {first, second}
    assert paths() == ["Money", "Money / late", "Price talk"]


def test_a_code_tells_what_became_of_it() -> None:
    done("codes", "add", "fair")
    done("codes", "edit", "fair", "--name", "Fair price", "--colour", "#0a7d35")
    history = done("codes", "history", "fair price", "--json").json
    assert history[0]["changed"] == ["colour", "name"]
    assert len(history) == 2
    assert "Fair price" in done("codes", "list").out
    assert "is no colour" in terrain("codes", "edit", "Fair price", "--colour", "red").sentence


def test_a_code_goes_with_all_below_and_their_codings() -> None:
    entry = done("add", "The invoice was opaque.").out.strip()
    done("codings", "add", entry, 4, 11, "Price talk / opaque")
    assert done("codes", "trash", "price talk", "--json").json == {"codings": 1}
    assert paths() == []
    assert done("codings", "list", "--json").json == []
    done("undo")
    assert paths() == ["Price talk", "Price talk / opaque"]
    assert len(done("codings", "list", "--json").json) == 1
