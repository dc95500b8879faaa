"""Inspection of cadres: what is known of each candidate, what is wrong with it, ballots, forms, the steps of the process."""
