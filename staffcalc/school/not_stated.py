"""What a file says that nobody knows: a pay, a number of staff, a whole plan. It is counted as nothing nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from staffcalc.language.pay_kinds import PAY_KINDS
from staffcalc.language.role import Role
from staffcalc.language.unstated import is_not_stated
from staffcalc.school.parts.counts import StaffCount, StaffOfRole, StaffRatio
from staffcalc.school.parts.needed import Needed
from staffcalc.school.school import Plan, Post, Staffed
from staffcalc.source.problems import Problems
from staffcalc.source.tree import Block, Text, Tree

_PRICES = (*PAY_KINDS, "average", "new_hire", "extra_days", "attrition", "vacancy", "substitute_day_rate", "saves")


def without_price(post: Post) -> Post:
    """The post of a role whose pay nobody knows: counted, and without a price, benefits or anything else of money."""
    role: Role = post.role.model_copy(update=dict.fromkeys(_PRICES))
    return post._replace(role=role, not_priced=True, salary=None, average=None, new_hire=None, components={})


def is_unknown_plan(tree: Block) -> bool:
    """Whether nobody knows the staff of a scenario."""
    return any(is_not_stated(tree.get(Text(key))) for key in ("change", "staffing"))


def known_of(plan: Plan) -> Plan:
    """What is known of a plan: nothing where nobody has said what it is, so that nothing of it is counted, costed or
    judged. What it states besides is there for plans that are like it."""
    return plan._replace(staff=(), other_costs={}, teams=(), learning=()) if plan.not_stated else plan


def with_uncounted(
    staff: Mapping[str, Staffed],
    entries: Tree | None,
    posts: Mapping[str, Post],
    problems: Problems,
    anew: bool = False,
) -> dict[str, Staffed]:
    """The staff of a plan with the roles of which nobody knows how many they are, from now on; `anew`: it is another
    plan than today's that says so."""
    found = dict(staff)
    for name in _uncounted(entries):
        if name in posts:
            found[str(name)] = Staffed(posts[name], (), not_counted=True, anew=anew)
        else:
            problems.add(name.place, f"`{name}` is no role here", "name one of the roles")
    return found


def known_staff(staff: Mapping[str, Staffed]) -> Mapping[str, Staffed]:
    """What is known of the staff of a plan: of roles that are not counted nothing, nor of those whose ratio, cover or
    coaching follows such a role, one after another."""
    unknown = {name for name, one in staff.items() if one.not_counted}
    if not unknown:
        return staff
    following = {name: set(_followed(one.counts)) for name, one in staff.items()}
    while more := {name for name, roles in following.items() if name not in unknown and roles & unknown}:
        unknown |= more
    return {
        name: Staffed(one.post, (), not_counted=True, anew=one.anew) if name in unknown else one
        for name, one in staff.items()
    }


def as_today(one: Staffed) -> Staffed:
    """Of a role of which nobody knows how many there are today, nobody knows who of a plan is new, but for those whom
    it adds for a part of the year: the others are as today's."""
    hired = {post.number for post in one.hired}
    return one._replace(
        counts=tuple(count for count in one.counts if count not in hired),
        placements=tuple(placement for placement in one.placements if placement.fte not in hired),
        hired=(),
        restated=False,
    )


def _followed(counts: Iterable[StaffCount | StaffOfRole]) -> Iterator[str]:
    """The other roles that counts are taken of."""
    for count in counts:
        if isinstance(count, StaffOfRole):
            yield count.role
        elif isinstance(count, StaffRatio):
            yield from _followed(count.of)
        elif isinstance(count, Needed):
            yield from _followed(count.coached)


def refuse_unknown(tree: Block, problems: Problems) -> None:
    """Today's staff is what all plans are held against: it is stated role by role, as far as it is known."""
    key = tree.key("baseline")
    if key is not None and is_not_stated(tree[key]):
        problems.add(
            key.place, "`baseline` is not stated", "write {teacher: not stated} of a role that nobody has counted"
        )


def check_unpriced(staff: Iterable[Staffed], problems: Problems) -> None:
    """Who is in a roster, or on cells, has a pay."""
    for one in staff:
        if one.post.not_priced and one.placements:
            what = f"the salary of `{one.post.name}` is not stated, and its people have their own"
            problems.add(one.post.place, what, "leave `salary: not stated` out")


def _uncounted(entries: Tree | None) -> Iterator[Text]:
    if isinstance(entries, Block):
        yield from (name for name, node in entries.items() if is_not_stated(node))
