"""The checks of the parameters, by element."""

from pbreports.word.format.checks.body import check_body
from pbreports.word.format.checks.faces import check_faces
from pbreports.word.format.checks.footers import check_footers
from pbreports.word.format.checks.head import check_head
from pbreports.word.format.checks.imprint import check_imprint
from pbreports.word.format.checks.lines import check_lines
from pbreports.word.format.checks.page import check_page, check_paper_size
from pbreports.word.format.checks.signature import check_signature
from pbreports.word.format.checks.special import check_special

FOR_FORMS = (check_paper_size,)
"""The checks of forms, whose pages are laid out by whoever prescribes them."""
CHECKS = (
    check_page,
    check_faces,
    check_lines,
    check_head,
    check_body,
    check_signature,
    check_imprint,
    check_footers,
    check_special,
)
"""All checks, in the order their faults are told."""
