"""/rappel: what partijen owe us, the messages that chase them, where those go and in what words."""

from bedrijfsbureau.web.screens.rappel import routes, texts
from bedrijfsbureau.web.screens.rappel.listing import screen

screen.register_blueprint(routes.screen)
screen.register_blueprint(texts.screen)

__all__ = ["screen"]
