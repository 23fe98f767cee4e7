"""Reads for the stage and for its pages."""
