"""The database, and the transaction in which everything happens."""

from bedrijfsbureau.database.driver import execute, text_of
from bedrijfsbureau.database.engines import hurry
from bedrijfsbureau.database.transactions import Database, Tx, connect, reading, transaction

__all__ = ["Database", "Tx", "connect", "execute", "hurry", "reading", "text_of", "transaction"]
