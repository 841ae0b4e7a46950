"""What standings, states, deeds and roles are called."""

from __future__ import annotations

from marsad.model import DisplayPolicy, Standing
from marsad.oversight import Act, RequestState, Role

STANDINGS = {
    Standing.SHOWN: "Shown",
    Standing.EXCERPT: "Excerpt only",
    Standing.BLURRED: "Blurred",
    Standing.HIDDEN: "Hidden",
    Standing.REMOVED: "Removed",
}
STATES = {
    RequestState.OPEN: "Being looked into",
    RequestState.GRANTED: "Granted",
    RequestState.PARTLY: "Granted in part",
    RequestState.REFUSED: "Refused",
}
ROLES = {Role.READER: "Reader", Role.MODERATOR: "Moderator", Role.OPERATOR: "Operator"}
POLICIES = {
    DisplayPolicy.FULL: "Full text",
    DisplayPolicy.EXCERPT: "Excerpt",
    DisplayPolicy.HEADLINE: "Headline",
}
ACTS = {
    Act.ADDED: "Put on the list",
    Act.LISTED: "Brought up to date from a list",
    Act.DESCRIBED: "Described anew",
    Act.DISPLAY: "What is shown in public",
    Act.PAUSED: "Paused",
    Act.RESUMED: "Resumed",
    Act.REMOVED: "Taken off the list",
    Act.ANSWERED: "Answered",
    Act.LET_IN: "Can sign in",
    Act.LET_OUT: "Can no longer sign in",
    Act.PASSWORD: "Another password",
    Act.TOKEN: "New token for reader apps",
    Act.FACTOR: "Second factor set up",
    Act.NO_FACTOR: "Second factor given up",
}
