"""The instellingen of a policy that someone works on."""

from bedrijfsbureau.dossiersoort import instellingen_in


def test_they_are_listed_by_name_those_of_tasks_last() -> None:
    names = ["norm_t_tolk", "rvt_dagen", "herinnering_na", "norm_t_medisch"]
    policy = {"instellingen": {name: {"waarde": 1, "betekenis": "Een getal.", "standing": "[U]"} for name in names}}

    found = [each.name for each in instellingen_in(policy)]

    assert found == ["herinnering_na", "rvt_dagen", "norm_t_medisch", "norm_t_tolk"]
