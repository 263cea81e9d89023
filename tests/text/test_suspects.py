import pytest

from desktop_app.text.suspects import suspects


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in suspects(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call +49 151 2345 6789, 030 / 123 45 67 or (555) 123-4567.", ["phone", "phone", "phone"]),
        ("Mail order@norte.example or see https://example.com/users/tomw now.", ["mail", "address"]),
        ("To DE89 3704 0044 0532 0130 00 or by 4111 1111 1111 1111, says @tomasz.", ["account", "account", "handle"]),
        ("1200 visitors, 12,345,678 views, 10:20, version 1.2.3, 2026-03-14, from 2024 to 2026", []),
    ],
)
def test_addresses_and_numbers(text: str, expected: list[str]) -> None:
    assert [kind for kind, _ in found(text)] == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Then I met Tomasz Wielgo with Olga. The market was good. Olga said no.", ["Tomasz Wielgo", "Olga", "Olga"]),
        ("Die Kundin sagte, dass Frau Amsel und Jörg Habicht die Rechnung nicht zahlen.", ["Amsel", "Jörg Habicht"]),
        ("Hier, Mme Lefèvre a dit que le prix est trop haut pour Camille Durand.", ["Lefèvre", "Camille Durand"]),
        ("La señora García dijo que no. El precio es alto en Marzo.", ["García", "Marzo"]),
        ("Person 1 pays on Monday. She wrote to Google in March. Nothing else happened.", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert [text for kind, text in found(text) if kind == "name"] == names


def test_words_by_which_people_here_are_called_count_at_the_beginning_too() -> None:
    assert [one.text for one in suspects("Wielgo came. Rain came.", ["Wielgo"])] == ["Wielgo"]


def test_places_and_contexts() -> None:
    (one,) = suspects("Nobody\nknew that Tomasz was there.")
    assert (one.start, one.end) == (17, 23)
    assert one.context == "Nobody knew that Tomasz was there."
