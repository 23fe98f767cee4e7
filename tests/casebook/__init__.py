"""Faults that really happened in systems like this one, each as a scenario with its right outcome."""
