"""Writes rules.txt: rules, and the times that python-dateutil gives for them.

    python3 make.py > rules.txt

Needs python-dateutil (https://pypi.org/project/python-dateutil/) and the zones of Python's zoneinfo. The same every
time: the rules are drawn with a fixed seed. A line is

    first time | rule | from | to | the times that begin in [from, to), or their moments when the line begins with Z

Two things are left to tests of our own, because python-dateutil 2.9 does them in its own way: it finds a week 53 in
years that have none (it says that 2022-01-01 is in one; ISO 8601 and Python's isocalendar say 52), and it numbers
BYSETPOS in the first week of a series from the first time on, and not from the beginning of the week.
"""

import random
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
MOST = 40

BY_HAND = [
    # The examples of RFC 5545, 3.8.5.3, that repeat days (its hours are another matter).
    ("1997-09-02T09:00", "FREQ=DAILY;COUNT=10"),
    ("1997-09-02T09:00", "FREQ=DAILY;INTERVAL=2"),
    ("1997-09-02T09:00", "FREQ=DAILY;INTERVAL=10;COUNT=5"),
    ("1998-01-01T09:00", "FREQ=YEARLY;UNTIL=20000131T140000;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA"),
    ("1998-01-01T09:00", "FREQ=DAILY;UNTIL=20000131T140000;BYMONTH=1"),
    ("1997-09-02T09:00", "FREQ=WEEKLY;COUNT=10"),
    ("1997-09-02T09:00", "FREQ=WEEKLY;INTERVAL=2;WKST=SU"),
    ("1997-09-02T09:00", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH"),
    ("1997-09-01T09:00", "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000;WKST=SU;BYDAY=MO,WE,FR"),
    ("1997-09-02T09:00", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH"),
    ("1997-09-05T09:00", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR"),
    ("1997-09-07T09:00", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU"),
    ("1997-09-22T09:00", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO"),
    ("1997-09-28T09:00", "FREQ=MONTHLY;BYMONTHDAY=-3"),
    ("1997-09-02T09:00", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15"),
    ("1997-09-30T09:00", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1"),
    ("1997-09-10T09:00", "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15"),
    ("1997-09-02T09:00", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU"),
    ("1997-06-10T09:00", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7"),
    ("1997-03-10T09:00", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3"),
    ("1997-01-01T09:00", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200"),
    ("1997-05-19T09:00", "FREQ=YEARLY;BYDAY=20MO"),
    ("1997-05-12T09:00", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"),
    ("1997-03-13T09:00", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH"),
    ("1997-06-05T09:00", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8"),
    ("1997-09-02T09:00", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"),
    ("1997-09-13T09:00", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13"),
    ("1996-11-05T09:00", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8"),
    ("1997-09-04T09:00", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3"),
    ("1997-09-29T09:00", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2"),
    ("1997-08-05T09:00", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO"),
    ("1997-08-05T09:00", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU"),
    ("2007-01-15T09:00", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5"),
    # Leap days, ends of months, weeks around the new year.
    ("2024-02-29T10:00", "FREQ=YEARLY"),
    ("2024-02-29T10:00", "FREQ=YEARLY;INTERVAL=4;COUNT=5"),
    ("2023-01-31T10:00", "FREQ=MONTHLY"),
    ("2023-01-31T10:00", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("2023-01-30T10:00", "FREQ=MONTHLY;INTERVAL=13"),
    ("2020-01-01T10:00", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO,SU"),
    ("2020-01-01T10:00", "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=WE"),
    ("2020-01-01T10:00", "FREQ=YEARLY;BYYEARDAY=-1,366,60"),
    ("2020-01-01T10:00", "FREQ=YEARLY;BYDAY=-1MO,53TH"),
    ("2020-01-01T10:00", "FREQ=YEARLY;BYMONTH=2,10;BYDAY=-1SU;BYSETPOS=-1"),
    ("2020-01-01T10:00", "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2"),
    ("2020-01-01T10:00", "FREQ=DAILY;BYMONTHDAY=-1;BYMONTH=2"),
    ("2020-01-04T10:00", "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU,MO,SA;WKST=SU"),
    ("2020-01-04T10:00", "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU,MO,SA;WKST=WE"),
]


def drawn(dice):
    """A rule that RFC 5545 allows."""
    freq = dice.choice(["DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "MONTHLY", "YEARLY", "YEARLY"])
    parts = [f"FREQ={freq}"]
    if dice.random() < 0.5:
        parts.append(f"INTERVAL={dice.choice([1, 2, 2, 3, 4, 5, 7, 12])}")
    by = []
    weeks = freq == "YEARLY" and dice.random() < 0.12
    if weeks:
        by.append("BYWEEKNO=" + some(dice, [1, 2, 10, 26, 27, 51, 52, -1], 3))
    if not weeks and dice.random() < 0.3:
        by.append("BYMONTH=" + some(dice, range(1, 13), 4))
    if freq == "YEARLY" and not weeks and dice.random() < 0.15:
        by.append("BYYEARDAY=" + some(dice, [1, 59, 60, 61, 100, 200, 365, 366, -1, -2, -60, -307, -366], 4))
    elif freq != "WEEKLY" and not weeks and dice.random() < 0.4:
        by.append("BYMONTHDAY=" + some(dice, [1, 2, 7, 13, 15, 28, 29, 30, 31, -1, -2, -3, -15, -30, -31], 4))
    if dice.random() < 0.6:
        if freq in ("MONTHLY", "YEARLY") and not weeks and dice.random() < 0.6:
            top = 5 if freq == "MONTHLY" or any(part.startswith("BYMONTH=") for part in by) else 53
            nths = [n for n in (1, 2, 3, 4, 5, 20, 52, 53) if n <= top]
            nths += [-n for n in nths]
            days = [f"{dice.choice(nths)}{day}" for day in dice.sample(DAYS, dice.randint(1, 2))]
        else:
            days = dice.sample(DAYS, dice.randint(1, 5))
        by.append("BYDAY=" + ",".join(days))
    if by and freq != "WEEKLY" and dice.random() < 0.3:
        by.append("BYSETPOS=" + some(dice, [1, 2, 3, 5, -1, -2, -3, -4], 2))
    parts += by
    end = dice.random()
    if end < 0.25:
        parts.append(f"COUNT={dice.randint(1, 60)}")
    elif end < 0.5:
        until = datetime(2020, 1, 1) + timedelta(days=dice.randint(0, 9000), minutes=dice.choice([0, 599, 600, 601, 1439]))
        parts.append("UNTIL=" + until.strftime("%Y%m%dT%H%M%S"))
    if dice.random() < 0.3:
        parts.append("WKST=" + dice.choice(DAYS))
    return ";".join(parts)


def some(dice, choices, most):
    choices = list(choices)
    return ",".join(str(one) for one in dice.sample(choices, dice.randint(1, most)))


def line(first, rule, begin, end, moments=False):
    times = []
    for at in rrulestr(rule, dtstart=first).xafter(begin, inc=True):
        if at >= end or len(times) == MOST:
            break
        times.append(at)
    # When there are more, the window ends with the last of them.
    if len(times) == MOST:
        end = times[-1] + timedelta(minutes=1)
    shown = [moment(at) if moments else at.strftime("%Y%m%dT%H%M") for at in times]
    minute = "%Y-%m-%dT%H:%M"
    mark = "Z" if moments else ""
    return f"{mark}{first.strftime(minute)}|{rule}|{begin.strftime(minute)}|{end.strftime(minute)}|{' '.join(shown)}"


def moment(at):
    # fold=0: of an hour that comes twice the first, and a skipped one counted from before the change.
    return at.replace(tzinfo=AMSTERDAM, fold=0).astimezone(timezone.utc).strftime("%Y%m%dT%H%MZ")


def main():
    dice = random.Random(2026)
    print("# Made by make.py with python-dateutil: do not change by hand.")
    for first, rule in BY_HAND:
        first = datetime.strptime(first, "%Y-%m-%dT%H:%M")
        print(line(first, rule, first, first + timedelta(days=365 * 12)))
    for _ in range(450):
        first = datetime(2015, 1, 1, 10) + timedelta(days=dice.randint(0, 3700))
        rule = drawn(dice)
        begin = first
        if dice.random() < 0.6:
            begin = first + timedelta(days=dice.randint(1, 9000), minutes=dice.choice([0, 0, 1, -1]))
        made = line(first, rule, begin, begin + timedelta(days=dice.choice([31, 400, 4000])))
        # Little is learned from an empty answer: some are enough.
        if made.endswith("|") and dice.random() < 0.8:
            made = line(first, rule, first, first + timedelta(days=4000))
        print(made)
    for rule in ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=SA,SU", "FREQ=MONTHLY;BYDAY=-1SU", "FREQ=DAILY;INTERVAL=3"]:
        for hour, minute in [(0, 0), (1, 59), (2, 0), (2, 30), (3, 0), (12, 0), (23, 30)]:
            first = datetime(2024, 3, 1, hour, minute)
            for begin in [datetime(2024, 3, 25), datetime(2024, 10, 20), datetime(2027, 3, 20), datetime(2030, 10, 1)]:
                print(line(first, rule, begin, begin + timedelta(days=40), moments=True))


main()
