from .building import Built, build
from .coded import CODE_FORMATS, CodeOptions, code_file, code_files
from .coding import BuildOptions, Progress, Step
from .coupling import Sources, coupled
from .examining import Article, examined
from .feeding import Fetched, fetch_feeds
from .fetching import fetch_ucdp
from .forecasting import Backtest, backtested, outcomes
from .measuring import EventsFile, measured
from .opened import STORE_FOLDER, Desk, open_desk
from .reporting import reported
from .reviewing import decide, decision, taken_back, world
from .serving import add_url, last_build, purge, serve, serve_once
from .simulating import SimulationAsked, simulated
from .training import declared_windows, shipped_board, train_forecast
from .watching import Watching, watch

__all__ = [
    "CODE_FORMATS",
    "STORE_FOLDER",
    "Article",
    "Backtest",
    "BuildOptions",
    "Built",
    "CodeOptions",
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
