"""The one room that knows every stage: turns a case folder into a built store, and a built store into answers.
Invariant: what is appended is whole, and building twice adds nothing."""

from faultline.desk.building import Built, build
from faultline.desk.coded import CODE_FORMATS, code_file, code_files
from faultline.desk.coding import BuildOptions, Progress, Step
from faultline.desk.coupling import Sources, coupled
from faultline.desk.examining import Article, examined
from faultline.desk.feeding import Fetched, fetch_feeds
from faultline.desk.fetching import fetch_ucdp
from faultline.desk.forecasting import Backtest, backtested, outcomes
from faultline.desk.measuring import EventsFile, measured
from faultline.desk.opened import STORE_FOLDER, Desk, open_desk
from faultline.desk.reporting import reported
from faultline.desk.reviewing import decide, decision, taken_back, world
from faultline.desk.serving import add_url, last_build, purge, serve, serve_once
from faultline.desk.simulating import SimulationAsked, simulated
from faultline.desk.training import declared_windows, shipped_board, train_forecast
from faultline.desk.watching import Watching, watch

__all__ = [
    "CODE_FORMATS",
    "STORE_FOLDER",
    "Article",
    "Backtest",
    "BuildOptions",
    "Built",
    "Desk",
    "EventsFile",
    "Fetched",
    "Progress",
    "SimulationAsked",
    "Sources",
    "Step",
    "Watching",
    "add_url",
    "backtested",
    "build",
    "code_file",
    "code_files",
    "coupled",
    "decide",
    "decision",
    "declared_windows",
    "examined",
    "fetch_feeds",
    "fetch_ucdp",
    "last_build",
    "measured",
    "open_desk",
    "outcomes",
    "purge",
    "reported",
    "serve",
    "serve_once",
    "shipped_board",
    "simulated",
    "taken_back",
    "train_forecast",
    "watch",
    "world",
]
