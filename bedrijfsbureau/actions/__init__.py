"""Every change of state is one function in this package, called with a Tx; entry points open the transaction.

Here stands what people do: open a dossier, complete a task, add a stuk, grant a vrijstelling. What lies beneath:
`command` (how one change of one dossier is carried out) on top of `kinds` (what its dossiersoort asks). Beside it, by
who works with it: `post`, `publishing`, `drafting`, `previewing`, `moving`, `recompute`, and `work` of the worker.
"""
