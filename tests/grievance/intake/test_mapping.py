"""What a mapping may say, and the one line that answers a wrong one."""

from pathlib import Path

import pytest

from services.grievance.intake import load_mapping
from services.grievance.intake.builtin import builtin_mappings, fitting
from shared.sheets.refusal import Refused

from .files import REPLIED, VOTED

NEEDED = 'ref = "编号"\ntext = "内容"\nraised_at = "时间"\n'


def mapping_file(folder: Path, content: str) -> Path:
    path = folder / "mapping.toml"
    path.write_text(content, encoding="utf-8-sig")
    return path


def refusal(folder: Path, content: str) -> str:
    with pytest.raises(Refused) as refused:
        load_mapping(mapping_file(folder, content))
    message = str(refused.value)
    assert "\n" not in message
    assert message.startswith("mapping mapping.toml: ")
    return message


def test_a_mapping_tells_columns_words_defaults_and_zone(tmp_path: Path) -> None:
    mapping = load_mapping(
        mapping_file(
            tmp_path,
            f"""
            source = "hotline-2020"
            sheet = "工单"
            timezone = "Asia/Urumqi"
            date_formats = ["%d/%m/%Y"]
            [defaults]
            channel = "hotline"
            [columns]
            {NEEDED}
            case_type = "类型"
            [values.case_type]
            "投诉" = "complaint"
            """,
        )
    )
    assert mapping.sheet == "工单"
    assert mapping.headers() == {
        "ref": "编号", "text": "内容", "raised_at": "时间", "case_type": "类型"
    }  # fmt: skip
    assert mapping.values["case_type"] == {"投诉": "complaint"}
    assert mapping.defaults.channel == "hotline"


def test_times_are_those_of_shanghai_unless_said_otherwise(tmp_path: Path) -> None:
    path = mapping_file(tmp_path, f'source = "x"\n[columns]\n{NEEDED}')
    assert load_mapping(path).timezone == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('source = "x"\nsheets = "a"\n[columns]\n' + NEEDED, "sheets: unknown key"),
        (f'source = "x"\n[columns]\n{NEEDED}colour = "颜色"', "columns.colour: unknown key"),
        ('source = "x"\n[columns]\nref = "编号"', "columns.text: is missing; columns.raised_at"),
        (f"[columns]\n{NEEDED}", "source: is missing"),
        (f'source = "A B"\n[columns]\n{NEEDED}', "source: "),
        (f'source = "x"\ntimezone = "Asia/Nowhere"\n[columns]\n{NEEDED}', "no time zone"),
        (f'source = "x"\ntimezone = "../etc"\n[columns]\n{NEEDED}', "no time zone"),
        (f'source = "x"\ndate_formats = ["%H:%M"]\n[columns]\n{NEEDED}', "date_formats: "),
        (f'source = "x"\ndate_formats = ["%Q"]\n[columns]\n{NEEDED}', "date_formats: "),
        (f'source = "x"\n[columns]\n{NEEDED}reply = "答复"', "reply and replied_at"),
        (f'source = "x"\n[columns]\n{NEEDED}[values.text]\na = "b"', "values.text"),
        ("source = ", "is not TOML"),
    ],
)
def test_a_wrong_mapping_is_refused_in_one_line(tmp_path: Path, content: str, said: str) -> None:
    assert said in refusal(tmp_path, content)


def test_a_mapping_that_is_not_text_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gbk.toml").write_bytes('source = "来源"'.encode("gb18030"))
    with pytest.raises(Refused, match="is not UTF-8"):
        load_mapping(tmp_path / "gbk.toml")
    with pytest.raises(Refused, match="cannot be read"):
        load_mapping(tmp_path / "nowhere.toml")


def test_the_built_in_mapping_is_the_one_whose_columns_are_all_there() -> None:
    assert fitting(REPLIED, title="f").source == "petitions-with-replies"
    assert fitting(VOTED[::-1], title="f").source == "petitions-with-votes"
    assert len(builtin_mappings()) == 2


def test_if_no_built_in_mapping_fits_found_and_needed_columns_are_listed() -> None:
    with pytest.raises(Refused) as refused:
        fitting(("编号", "内容"), title="f.csv")
    for words in ("f.csv", "编号、内容", "答复时间", "点赞数", "--mapping"):
        assert words in str(refused.value)
