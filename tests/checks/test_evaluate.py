"""From four answers to a verdict: the order of the states, vrijstellingen, verzoeken, returns and crashes."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from bedrijfsbureau import checks
from bedrijfsbureau.checks import Check, Rule, State
from bedrijfsbureau.checks.check import Question

TODAY = date(2026, 3, 2)
MESSAGES = {state: f"{state}." for state in State if state not in (State.WACHT_OP, State.VOLDAAN)}
ASKED = {"punt": "TST01", "partij": "AVIM", "verzonden_op": date(2026, 2, 26), "open": True}
LET_GO = checks.Vrijstelling("TST01", "A. Senior", "AVIM levert dit niet", date(2026, 2, 20), date(2026, 3, 20))


def answering(answer: bool | None) -> Question:
    return lambda _: answer


def rule(
    applies: bool | None = True,
    satisfied: bool | None = False,
    contradictory: bool | None = False,
    expired: bool | None = False,
    **place: Any,
) -> Rule:
    check = Check(
        "TST01", "Toets", "Test", "[I]", "", MESSAGES,
        answering(applies), answering(satisfied), answering(contradictory), answering(expired),
    )  # fmt: skip
    return Rule(**{
        "check": check, "phase": "P", "blocking": True, "waiver": "senior", "partij": "AVIM", "tasks": {"": "t_toets"}
    } | place)  # fmt: skip


def view(**attributes: Any) -> checks.DossierView:
    return checks.DossierView("test", None, TODAY, {}, **attributes)


@pytest.mark.parametrize("answers", list(product((True, False, None), repeat=4)))
@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("let_go", [False, True])
def test_the_first_state_that_fits_counts(
    answers: tuple[bool | None, bool | None, bool | None, bool | None], asked: bool, let_go: bool
) -> None:
    """The table of the specification: unknown applies, and is not satisfied, contradictory or expired."""
    applies, satisfied, contradictory, expired = answers
    table = [
        (applies is False, State.NIET_VAN_TOEPASSING),
        (satisfied is True, State.VOLDAAN),
        (let_go, State.VRIJGESTELD),
        (contradictory is True, State.TEGENSTRIJDIG),
        (expired is True, State.VERLOPEN),
        (asked, State.WACHT_OP),
        (True, State.ONTBREEKT),
    ]
    seen = view(verzoeken=(ASKED,) if asked else (), vrijstellingen=(LET_GO,) if let_go else ())

    verdict = checks.judge(rule(*answers), seen)

    assert verdict.state == next(state for fits, state in table if fits)
    assert verdict.blocks == (verdict.state in checks.OPEN_STATES)


def test_an_advisory_point_is_open_and_does_not_block() -> None:
    verdict = checks.judge(rule(blocking=False), view())

    assert (verdict.is_open, verdict.blocks) == (True, False)


def test_a_verzoek_that_is_answered_or_of_another_point_is_no_reason_to_wait() -> None:
    others = ({**ASKED, "open": False}, {**ASKED, "punt": "TST02"})

    assert checks.judge(rule(), view(verzoeken=others)).state == State.ONTBREEKT


def test_waiting_says_for_whom_and_since_when() -> None:
    assert checks.judge(rule(), view(verzoeken=(ASKED,))).message == "U wacht op AVIM: gevraagd op do 26 feb. 2026."


def test_a_vrijstelling_says_who_why_and_until_when() -> None:
    verdict = checks.judge(rule(), view(vrijstellingen=(LET_GO,)))

    assert verdict.message == (
        "Vrijgesteld door A. Senior op vr 20 feb. 2026: AVIM levert dit niet. Geldig tot en met vr 20 mrt. 2026."
    )


def test_nobody_can_let_go_a_point_without_a_waiver() -> None:
    assert checks.judge(rule(waiver=None), view(vrijstellingen=(LET_GO,))).state == State.ONTBREEKT


@pytest.mark.parametrize("blocking", [True, False])
def test_a_point_that_was_sent_back_blocks_until_someone_judges_it_again(blocking: bool) -> None:
    """Also an advisory one, and also when it was satisfied or let go."""
    returned = view(terugzendingen={"TST01": "de kopie is onleesbaar"}, vrijstellingen=(LET_GO,))

    verdict = checks.judge(rule(satisfied=True, blocking=blocking), returned)

    assert (verdict.state, verdict.blocks) == (State.ONTBREEKT, True)
    assert verdict.message == (
        "Teruggezonden door de hoormedewerker: de kopie is onleesbaar. Beoordeel dit punt opnieuw."
    )


def test_a_contradiction_is_said_even_when_the_point_was_sent_back() -> None:
    returned = view(terugzendingen={"TST01": "klopt niet"})

    assert checks.judge(rule(contradictory=True), returned).state == State.TEGENSTRIJDIG


@pytest.mark.parametrize("question", ["applies", "satisfied", "contradictory", "expired"])
@pytest.mark.parametrize("blocking", [True, False])
def test_a_check_that_crashes_blocks_and_says_so_without_saying_what_it_saw(question: str, blocking: bool) -> None:
    def crash(_: checks.DossierView) -> bool:
        raise ValueError("diagnose: geheim")

    check = Check("TST01", "Toets", "Test", "[I]", "", MESSAGES, **{question: crash})
    place = Rule(check, "P", blocking, "senior", "AVIM", {"": "t_toets"})

    (verdict,) = checks.evaluate(checks.Policy((place,), {}, "1"), view(vrijstellingen=()))

    assert (verdict.state, verdict.blocks) == (State.FOUT, True)
    assert verdict.message == (
        "Dit punt kon niet worden beoordeeld door een storing (ValueError). Dat wordt vanzelf opnieuw geprobeerd."
    )
    assert verdict.error == "ValueError('diagnose: geheim')"


def test_a_point_over_several_groups_opens_the_task_of_each_empty_field() -> None:
    tasks = {"aanvraag": "t_aanvraag", "amv": "t_amv", "taal": "t_taal"}

    assert rule(tasks=tasks).tasks_for(("amv.is_amv", "taal.tolk_nodig", "amv.leeftijd_twijfel")) == ("t_amv", "t_taal")
    assert rule(tasks=tasks).tasks_for(()) == ("t_aanvraag",)


def test_a_stuk_is_present_up_to_and_including_its_last_day() -> None:
    def stuk(**values: Any) -> dict[str, Any]:
        return {"soort": "m35h", "staat": "aanwezig", "geldig_tot": None, **values}

    assert view(stukken=(stuk(geldig_tot=TODAY),)).aanwezig == {"m35h"}
    assert view(stukken=(stuk(geldig_tot=date(2026, 3, 1)),)).aanwezig == set()
    assert view(stukken=(stuk(staat="ingetrokken"),)).aanwezig == set()
    assert view(stukken=(stuk(staat="vervangen"), stuk())).aanwezig == {"m35h"}
