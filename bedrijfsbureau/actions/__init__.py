"""Every change of state is one function in this package, called with a Tx; entry points open the transaction."""
