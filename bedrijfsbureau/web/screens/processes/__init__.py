"""/processen: what runs on which version, one version to look at, and the draft to work on."""

from flask import Blueprint

from bedrijfsbureau.web.screens.processes import (
    draft,
    listing,
    moving,
    policy,
    policy_draft,
    policy_instelling,
    policy_preview,
    policy_row,
    version,
)

screen = Blueprint("processes", __name__, url_prefix="/processen")
screen.add_url_rule("", "index", listing.index)
for part in (version, draft, moving, policy, policy_draft, policy_row, policy_instelling, policy_preview):
    screen.register_blueprint(part.screen)
