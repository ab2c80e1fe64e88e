"""Those displaced in years before who take a post of another role: the district has no longer anybody to place."""

from __future__ import annotations

from staffcalc.costing.staff.positions import GivenUp
from staffcalc.costing.staff.stock import Stock
from staffcalc.formula.formula import One, Quotient, lesser, minus
from staffcalc.formula.rows import every


def call_back(stock: Stock, year: int) -> None:
    """Of the posts that those of this year have not taken, the displaced of years before take as many as they can; of
    all of them go the same share. People who left the district with their post do not come back to it."""
    post, claimed = stock.staffed.post, stock.claimed
    waiting = [one.position for one in stock.given_up if one.year < year]
    if claimed is None or not waiting or post.new_hire is None or post.saves_own:
        return
    together = every((one.rows, one.fte) for one in waiting)
    back = lesser(stock.heads.fte(claimed), together)
    share = Quotient(back, together)
    stock.move(stock.heads.number(back), share, waiting)
    for one in waiting:
        stock.changes.come_back(one.times(share))
    stay = minus(One(), share)
    stock.given_up = [GivenUp(one.position.times(stay), one.year) if one.year < year else one for one in stock.given_up]
