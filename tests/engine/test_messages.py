"""Messages: correlation keys per token, event-based gateways, event subprocesses, call activities inside them."""

import pytest

from bedrijfsbureau.errors import NotAwaited
from tests.engine.running import (
    END,
    START,
    Running,
    boundary,
    catch,
    event_subprocess,
    gateways,
    message_event,
    process,
    service,
    subprocess,
    timer_event,
    users,
)

ASK = (
    '<process id="opvragen"><startEvent id="q_s"/><endEvent id="q_voldaan"/><endEvent id="q_vervallen"/>'
    + service("sv_verzoek", "verzoek.versturen")
    + gateways("exclusive", "q_m")
    + gateways("eventBased", "eg_antwoord")
    + catch("m_antwoord", message_event("antwoord_ontvangen", "punt"))
    + catch("m_vervallen", message_event("verzoek_vervallen", "punt"))
    + catch("tm_herinnering", timer_event("herinneren_op"))
    + service("sv_herinnering", "verzoek.herinneren")
    + users("t_antwoord")
    + "{q_s>sv_verzoek>q_m>eg_antwoord>m_antwoord>t_antwoord>q_voldaan}{eg_antwoord>m_vervallen>q_vervallen}"
    "{eg_antwoord>tm_herinnering>sv_herinnering>q_m}</process>"
)
DOSSIER = (
    START
    + '<endEvent id="e"><terminateEventDefinition/></endEvent>'
    + users("a", "b")
    + "{s>a>b>e}"
    + event_subprocess("es", "opvragen_gevraagd", '<callActivity id="ca" calledElement="opvragen"/>{es_s>ca>es_e}')
)
ALL = "opvragen_gevraagd antwoord_ontvangen verzoek_vervallen"


def asking() -> Running:
    run = Running(process(DOSSIER, ASK, messages=ALL), herinneren_op=None)
    for punt in ("MED01", "MED02", "TAL02"):
        run.deliver("opvragen_gevraagd", punt, punt=punt)
    return run


def awaited(run: Running) -> list[tuple[str, str | None, str]]:
    return [(wait.message, wait.key, wait.element.id) for wait in run.now.awaited]


def test_each_event_subprocess_has_its_own_data_and_waits_for_its_own_key() -> None:
    run = asking()
    assert run.world.called == [("verzoek.versturen", {"punt": punt}) for punt in ("MED01", "MED02", "TAL02")]
    each = [("antwoord_ontvangen", "m_antwoord"), ("verzoek_vervallen", "m_vervallen")]
    expected = [(message, punt, element) for punt in ("MED01", "MED02", "TAL02") for message, element in each]
    assert awaited(run) == [*expected, ("opvragen_gevraagd", None, "es_s")]
    assert run.now.active == {"a": 1, "es": 3, "ca": 3, "eg_antwoord": 3}


def test_a_message_moves_only_the_token_with_its_key() -> None:
    run = asking()
    run.deliver("antwoord_ontvangen", "MED02")
    assert [(task.element.id, task.local) for task in run.now.tasks] == [("a", {}), ("t_antwoord", {"punt": "MED02"})]
    run.deliver("verzoek_vervallen", "MED01")
    assert run.now.active == {"a": 1, "es": 2, "ca": 2, "eg_antwoord": 1, "t_antwoord": 1}
    with pytest.raises(NotAwaited):
        run.deliver("antwoord_ontvangen", "MED02")
    with pytest.raises(NotAwaited):
        run.deliver("antwoord_ontvangen")
    run.complete("t_antwoord")
    run.deliver("antwoord_ontvangen", "TAL02", volledig=True)
    assert run.now.tasks[1].local == {"punt": "TAL02", "volledig": True}


def test_a_refused_message_changes_nothing() -> None:
    run = asking()
    before = run.state
    for message, key in (("onbekend", None), ("antwoord_ontvangen", "IDE01")):
        with pytest.raises(NotAwaited):
            run.deliver(message, key)
    assert run.state == before


def test_an_event_subprocess_starts_again_and_again_without_growing_the_state() -> None:
    run = Running(process(DOSSIER, ASK, messages=ALL), herinneren_op=None)
    empty = len(run.state)
    for _ in range(200):
        run.deliver("opvragen_gevraagd", "MED01", punt="MED01")
        run.deliver("verzoek_vervallen", "MED01")
        assert len(run.state) == empty
    assert run.now.active == {"a": 1}


def test_open_event_subprocesses_end_with_the_process() -> None:
    run = asking()
    run.complete("a", "b")
    assert (run.now.finished, run.end, run.now.awaited, run.now.timers) == (True, "e", (), ())
    with pytest.raises(NotAwaited):
        run.deliver("opvragen_gevraagd", "X", punt="X")


def test_a_plain_end_waits_for_open_event_subprocesses() -> None:
    run = Running(process(DOSSIER.replace("<terminateEventDefinition/>", ""), ASK, messages=ALL), herinneren_op=None)
    run.deliver("opvragen_gevraagd", "MED01", punt="MED01")
    run.complete("a", "b")
    assert (run.now.finished, run.end) == (False, None)
    run.deliver("verzoek_vervallen", "MED01")
    assert (run.now.finished, run.end) == (True, "e")


def test_a_start_with_a_key_takes_only_messages_that_say_the_same() -> None:
    keyed = DOSSIER.replace('messageRef="m_opvragen_gevraagd"', 'messageRef="m_opvragen_gevraagd" bb:key="= punt"')
    run = Running(process(keyed, ASK, messages=ALL), herinneren_op=None)
    with pytest.raises(NotAwaited):
        run.deliver("opvragen_gevraagd", "MED01", punt="MED02")
    assert run.now.awaits("opvragen_gevraagd", "MED01", {"punt": "MED01"})
    run.deliver("opvragen_gevraagd", "MED01", punt="MED01")
    assert run.now.active["es"] == 1


def test_an_event_subprocess_of_a_called_process_starts_there() -> None:
    inside = event_subprocess("es", "stuk", users("t_stuk") + "{es_s>t_stuk>es_e}")
    called = f'<process id="q"><startEvent id="q_s"/><endEvent id="q_e"/>{users("b")}{{q_s>b>q_e}}{inside}</process>'
    body = START + END + users("a") + '<callActivity id="ca" calledElement="q"/>{s>a>ca>e}'
    run = Running(process(body, called, messages="stuk"))
    with pytest.raises(NotAwaited):
        run.deliver("stuk")
    run.complete("a")
    run.deliver("stuk", None, nummer=1)
    run.complete("b")
    assert [(task.element.id, task.local) for task in run.now.tasks] == [("t_stuk", {"nummer": 1})]
    run.complete("t_stuk")
    assert run.end == "e"


def test_a_catch_without_a_key_takes_any() -> None:
    run = Running(process(START + END + catch("c", message_event("m")) + "{s>c>e}", messages="m"))
    run.deliver("m", "whatever")
    assert run.end == "e"


def test_a_key_that_is_null_matches_nothing() -> None:
    run = Running(process(START + END + catch("c", message_event("m", "punt")) + "{s>c>e}", messages="m"))
    assert [wait.key for wait in run.now.awaited] == [None]
    for key in (None, "None", "null", ""):
        with pytest.raises(NotAwaited):
            run.deliver("m", key)
        assert not run.now.awaits("m", key)


def test_of_two_tokens_that_wait_the_same_way_the_oldest_takes_the_message() -> None:
    body = START + END + gateways("parallel", "g") + catch("c", message_event("m")) + users("a", "b")
    run = Running(process(body + "{s>g>a>c>b>e}{g>c}", messages="m"))
    run.complete("a")
    assert run.now.active == {"c": 2}
    run.deliver("m")
    assert run.now.active == {"c": 1, "b": 1}


def test_the_key_is_that_of_the_moment_the_token_arrived() -> None:
    run = Running(process(START + END + catch("c", message_event("m", "nummer")) + "{s>c>e}", messages="m"), nummer=7)
    run.world.data["nummer"] = 8
    with pytest.raises(NotAwaited):
        run.deliver("m", "8")
    run.deliver("m", "7")
    assert run.end == "e"


AFTER = (
    START
    + gateways("exclusive", "gw")
    + gateways("eventBased", "eg")
    + users("t_retour")
    + "".join(catch(f"m_{name}", message_event(name)) for name in ("aanvaard", "terug", "ingetrokken"))
    + service("sv_hoorteam", "melden")
    + END
    + "{s>gw>eg>m_aanvaard>e}{eg>m_terug>t_retour>gw}{eg>m_ingetrokken>sv_hoorteam>gw}"
)


def test_the_first_event_after_an_event_based_gateway_takes_the_token() -> None:
    run = Running(process(AFTER, messages="aanvaard terug ingetrokken"))
    for _ in range(3):
        run.deliver("ingetrokken")
        assert run.now.active == {"eg": 1}
        run.deliver("terug")
        with pytest.raises(NotAwaited):
            run.deliver("aanvaard")
        run.complete("t_retour")
    run.deliver("aanvaard")
    assert (run.end, len(run.world.called)) == ("e", 3)


DUBLIN = process(
    START
    + '<endEvent id="einde_aanvaard"/><endEvent id="einde_dublin"/>'
    + subprocess("sp", gateways("parallel", "g", "j") + users("a", "b") + "{sp_s>g>a>j>sp_e}{g>b>j}")
    + boundary("bd_dublin", "sp", message_event("naar_dublin"))
    + boundary("bd_af", "sp", message_event("afgebroken"))
    + gateways("eventBased", "eg")
    + catch("m_nl", message_event("nl_verantwoordelijk"))
    + catch("m_over", message_event("overdracht_vast"))
    + service("sv_wissen", "route.wissen")
    + users("t_af")
    + "{s>sp>einde_aanvaard}{bd_dublin>eg>m_nl>sv_wissen>sp}{eg>m_over>einde_dublin}{bd_af>t_af>einde_dublin}",
    messages="naar_dublin afgebroken nl_verantwoordelijk overdracht_vast",
)


def test_a_message_on_the_border_interrupts_a_subprocess_that_can_be_entered_again() -> None:
    run = Running(DUBLIN)
    size = len(run.state)
    for _ in range(20):
        run.complete("a")
        assert run.now.active == {"sp": 1, "b": 1, "j": 1}
        run.deliver("naar_dublin")
        assert (run.open, run.now.active) == ([], {"eg": 1})
        with pytest.raises(NotAwaited):
            run.deliver("afgebroken")
        run.deliver("nl_verantwoordelijk")
        assert (run.open, len(run.state)) == (["a", "b"], size)
    run.complete("a", "b")
    assert run.end == "einde_aanvaard"


def test_the_second_message_on_the_border_takes_another_way() -> None:
    run = Running(DUBLIN)
    run.deliver("afgebroken")
    assert run.open == ["t_af"]
    run.complete("t_af")
    assert run.end == "einde_dublin"


def test_a_subprocess_gives_local_data_to_its_inside_and_takes_none_back() -> None:
    inside = subprocess("sp", catch("c", message_event("m")) + users("b") + "{sp_s>c>b>sp_e}")
    main = event_subprocess("es", "begin", inside + users("na") + "{es_s>sp>na>es_e}")
    run = Running(process(START + END + users("a") + "{s>a>e}" + main, messages="begin m"))
    run.deliver("begin", None, punt="X")
    run.deliver("m", None, extra=1)
    assert run.now.tasks[1].local == {"punt": "X", "extra": 1}
    run.complete("b")
    assert run.now.tasks[1].local == {"punt": "X"}
