"""The small dossiersoort with free-form work: what someone begins when it is needed, in any order."""

from bedrijfsbureau import dossiersoort
from tests.actions.conftest import KLEIN, shipped

FILE = "klein.bpmn"
FREE = """<bpmn:adHocSubProcess id="vrij" name="Vrij werk" ordering="Parallel">
      <bpmn:userTask id="t_bellen" name="Nabellen" bb:team="BB" />
      <bpmn:userTask id="t_arts" name="Arts vragen" bb:team="BB" bb:competence="medisch" />
      <bpmn:completionCondition>= persoon.naam = "B"</bpmn:completionCondition></bpmn:adHocSubProcess>
    <bpmn:endEvent id="einde_vrij" name="Vrij werk klaar" />
    <bpmn:sequenceFlow id="v1" sourceRef="gw_begin" targetRef="vrij" />
    <bpmn:sequenceFlow id="v2" sourceRef="vrij" targetRef="einde_vrij" />
  </bpmn:process>"""


def free_form(ordering: str = "Parallel") -> dossiersoort.Dossiersoort:
    content = shipped(KLEIN).to_json()
    text = content["files"][FILE].replace("</bpmn:process>", FREE.replace("Parallel", ordering))
    return dossiersoort.from_json({**content, "files": {**content["files"], FILE: text}})
