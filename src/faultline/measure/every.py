"""Every measure there is, in the order of the panel. Invariant: a measure that is not here does not run."""

from faultline.measure.backing import BACKING
from faultline.measure.blockade import BLOCKADE
from faultline.measure.centre import CENTRE
from faultline.measure.control import CONTROL
from faultline.measure.convergence import CONVERGENCE
from faultline.measure.cycles import CYCLES
from faultline.measure.escalation import ESCALATION
from faultline.measure.feedback import FEEDBACK
from faultline.measure.form import Measure
from faultline.measure.in_force import IN_FORCE
from faultline.measure.information import INFORMATION
from faultline.measure.legitimacy import LEGITIMACY
from faultline.measure.recipients import RECIPIENTS
from faultline.measure.resilience import RESILIENCE
from faultline.measure.synchrony import SYNCHRONY

MEASURES: tuple[Measure, ...] = (
    SYNCHRONY,
    CONVERGENCE,
    BACKING,
    CYCLES,
    INFORMATION,
    CENTRE,
    RECIPIENTS,
    CONTROL,
    LEGITIMACY,
    IN_FORCE,
    BLOCKADE,
    ESCALATION,
    FEEDBACK,
    RESILIENCE,
)
