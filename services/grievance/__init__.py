"""Cases: petitions raised by residents, settled by units, answered and replayed."""
