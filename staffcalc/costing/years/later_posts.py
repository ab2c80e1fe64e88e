"""The posts of a later year: what their pay and benefits have grown to, and what those earn who were hired since."""

from __future__ import annotations

from staffcalc.costing.growth.raises import further_on
from staffcalc.costing.growth.rates import Rates
from staffcalc.costing.years.year_ahead import YearAhead
from staffcalc.school.school import Post, Turnover


class LaterPosts:
    """Takes posts some years ahead."""

    def __init__(self, ahead: YearAhead) -> None:
        self.ahead = ahead
        self._known: dict[tuple[int, ...], Post] = {}

    def post(self, post: Post, rates: Rates) -> Post:
        """The post in that year; scenarios with the same rules share it."""
        key = (id(post), *map(id, rates.plan.forecast))
        if key not in self._known:
            self._known[key] = self._hiring(self._grown(post, rates), rates)
        return self._known[key]

    def _grown(self, post: Post, rates: Rates) -> Post:
        years = self.ahead.years.of("benefits")
        names = [*post.components, *map(str, post.role.saves or {}), "substitutes"]
        growth = {
            "salary": rates.growth("cola", post.unit, self.ahead.years.of("COLA"), post.months),
            "supplement": rates.growth("supplements", post.unit, self.ahead.years.of("supplements")),
            **{name: rates.growth("benefits", name, years) for name in names},
        }
        caps = {name: rates.growth("caps", name, years) for name in names}
        pay, benefits = self.ahead.figures(self.ahead.years.of("COLA")), self.ahead.figures(years)
        supplements = self.ahead.figures(self.ahead.years.of("supplements"))
        stated = {
            "supplement": supplements.of(post.role.supplement),
            "substitute_day_rate": benefits.of(post.role.substitute_day_rate),
            "saves": benefits.of(post.role.saves),
        }
        role = pay.of(post.role)
        changed = {key: one for key, one in stated.items() if one is not getattr(role, key)}
        return post._replace(
            role=role.model_copy(update=changed) if changed else role,
            components=benefits.of(post.components),
            salary=pay.of(post.salary),
            average=pay.of(post.average),
            new_hire=pay.of(post.new_hire),
            growth={name: figures for name, figures in growth.items() if figures.rates},
            caps={name: figures for name, figures in caps.items() if figures.rates},
        )

    def _hiring(self, post: Post, rates: Rates) -> Post:
        """The post with what those earn by now who were hired in each year, and with those who have followed others."""
        number = max(self.ahead.staff_years, self.ahead.years.of("turnover"))
        gained = tuple(rates.steps(post, year, self.ahead.years.of("step")) for year in range(number + 1))
        if post.role.filled_from is not None:
            post = post._replace(gained=gained)
        if post.salary is not None and len(post.salary.cells) > 1:
            post = post._replace(entrants=tuple(further_on(post.salary, one) for one in gained))
        if post.new_hire is None:
            return post
        hires = tuple(further_on(post.new_hire, one) for one in gained)
        turnover = tuple(
            Turnover(year, share, hires[year])
            for year in range(1, self.ahead.years.of("turnover") + 1)
            if (share := rates.in_year("turnover", post.unit, year)) is not None and share.value
        )
        return post._replace(hires=hires, turnover=turnover)
