"""The rule book 2026.1."""

from __future__ import annotations

from services.dashboard.measures.book import Measure, RuleBook, Said

OURS = "Linli 2026.1"
QINGLONG = "Qinglong county, handling deadlines, 2023-06-28; DB11/T 2021—2022 (complex: 15 days)"
RATES = "Linli 2026.1, after the three rates of 12345 hotlines; cities differ"

STOCKS = (
    Measure(
        code="open",
        kind="stock",
        name=Said("在办", "Open"),
        counted=Said(
            "当日终了时尚未办结、也未决定不予受理的件：登记之日起计，办结或不予受理之日止；重新办理的再次计入",
            "cases neither closed nor declined at the end of the day; a reopened one is open again",
        ),
        counts={"filed": 1, "reopened": 1, "closed": -1, "declined": -1},
        source=OURS,
    ),
    Measure(
        code="overdue",
        kind="stock",
        name=Said("超期", "Overdue"),
        counted=Said(
            "在办件中，本轮办理期限已过的。期限自登记或重新办理之日起按自然日计："
            "咨询1天，求助、建议5天，举报、投诉10天，信访事项60天，其他15天",
            "open cases whose round has outlived its limit, in calendar days from filing or "
            "reopening: consult 1, help and suggest 5, report and complaint 10, petition 60, "
            "anything else 15",
        ),
        counts={"overdue": 1},
        source=QINGLONG,
    ),
)
FLOWS = (
    Measure(
        code="filed",
        kind="flow",
        name=Said("登记", "Filed"),
        counted=Said("当日登记的件", "cases filed on the day"),
        counts={"filed": 1},
        source=OURS,
    ),
    Measure(
        code="closed",
        kind="flow",
        name=Said("办结", "Closed"),
        counted=Said(
            "当日办结的轮次；一件重新办理后再办结，计两次",
            "rounds closed on the day; a case that is reopened and closed again counts twice",
        ),
        counts={"closed": 1},
        source=OURS,
    ),
    Measure(
        code="reopened",
        kind="flow",
        name=Said("重新办理", "Reopened"),
        counted=Said("当日重新办理的件", "cases reopened on the day"),
        counts={"reopened": 1},
        source=OURS,
    ),
    Measure(
        code="declined",
        kind="flow",
        name=Said("不予受理", "Declined"),
        counted=Said("当日决定不予受理的件", "cases declined on the day"),
        counts={"declined": 1},
        source=OURS,
    ),
)
PROPORTIONS = (
    Measure(
        code="response_rate",
        kind="rate",
        name=Said("响应率", "Response rate"),
        counted=Said(
            "其中承办单位在登记次日终了前签收的",
            "those whose order a unit signed by the end of the day after filing",
        ),
        counts={"responded": 1},
        among="response_due",
        denominator=Said(
            "应当响应的件，计在登记的次日", "cases due for a response, on the day after filing"
        ),
        left_out=Said(
            "表扬件、不予受理的件和导入的历史件",
            "praise, cases that were declined, and imported histories",
        ),
        source=RATES,
    ),
    Measure(
        code="resolution_rate",
        kind="rate",
        name=Said("解决率", "Resolution rate"),
        counted=Said("其中诉求人答复已解决的", "those in which the petitioner says it is resolved"),
        counts={"resolved": 1},
        among="called_back",
        denominator=Said(
            "联系到诉求人的回访，计在回访之日",
            "callbacks that reached the petitioner, on the day of the callback",
        ),
        left_out=Said("未联系到诉求人的回访", "callbacks that reached nobody"),
        source=RATES,
    ),
    Measure(
        code="satisfaction_rate",
        kind="rate",
        name=Said("满意率", "Satisfaction rate"),
        counted=Said("其中诉求人答复满意的", "those in which the petitioner is satisfied"),
        counts={"satisfied": 1},
        among="called_back",
        denominator=Said(
            "联系到诉求人的回访，计在回访之日",
            "callbacks that reached the petitioner, on the day of the callback",
        ),
        left_out=Said("未联系到诉求人的回访", "callbacks that reached nobody"),
        source=RATES,
    ),
    Measure(
        code="first_pass_rate",
        kind="rate",
        name=Said("一次办结率", "First-pass rate"),
        counted=Said("其中在第一轮办结的", "those closed in their first round"),
        counts={"first_pass": 1},
        among="closed",
        denominator=Said("办结的轮次，计在办结之日", "rounds closed, on the day of closing"),
        left_out=Said("不予受理的件", "cases that were declined"),
        source=OURS,
    ),
)

BOOK = RuleBook(
    version="2026.1",
    measures=(*STOCKS, *FLOWS, *PROPORTIONS),
    limits={
        "consult": 1, "help": 5, "suggest": 5, "report": 10, "complaint": 10, "petition": 60,
    },
    otherwise=15,
    unanswered=frozenset({"praise"}),
)  # fmt: skip
