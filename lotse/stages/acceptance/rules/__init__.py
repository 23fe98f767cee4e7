"""What acceptance decides: by when an answer is due, what the guide has to ask, which values differ."""

# Importing the rules defines their reasons, wherever these are to be told.
from lotse.stages.acceptance.rules import terms as terms
