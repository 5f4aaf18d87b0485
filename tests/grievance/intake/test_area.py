"""Which place a subject line names first. Every subject is invented."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.grievance.intake.area import first_place

PLACES = {
    "请问A7县何时修路": "A7县",
    "A市民营幼儿园收费太高": "A市",
    "反映J11市与A3区交界的积水": "J11市",
    "建议湖南省给A3区增加公交": "A3区",
    "建议K2 区修路": "K2区",
    "关于长沙市公交的建议": "长沙市",
    "永州市冷水滩区路灯不亮": "永州市",
    "冷水滩区菜市场太脏": "冷水滩区",
    "反映麒麟区某路口积水": "麒麟区",
    "湖南省长沙市的路灯": "湖南省",
    "贵州省的政策": "贵州省",
    "盐城市的桥": "盐城市",
    "咨询浦东新区地铁": "浦东新区",
    "沙市区道路": "沙市区",
    "道县水库": "道县",
    "广州地铁太挤": "广州",
    "湘西土家族苗族自治州的路": "湘西土家族苗族自治州",
    "彻查株洲市的小作坊": "株洲市",
    "我家住在芙蓉区": "芙蓉区",
    "万福村的路何时修": "万福村",
    "小区停车，请长沙市政府管一管": "长沙市",
}
NO_PLACES = [
    "",
    "咨询小区停车",
    "社区食堂何时开放",
    "投诉城市管理",
    "广大市民的心声",
    "希望超市降价",
    "学区如何划分",
    "园区污染严重",
    "在县城办证太难",
    "咨询地区差异",
    "景区门票太贵",
    "城区拥堵",
    "咨询市区公交",
    "我市的公交，本县的路",
    "乡村振兴，农村建房",
    "咨询X109路公交",
]


@pytest.mark.parametrize(("subject", "place"), PLACES.items())
def test_the_first_place_name_is_found_without_the_words_before_it(
    subject: str, place: str
) -> None:
    assert first_place(subject) == place


@pytest.mark.parametrize("subject", NO_PLACES)
def test_words_that_only_look_like_places_are_none(subject: str) -> None:
    assert first_place(subject) is None


@given(
    st.text(alphabet="关于请问长沙小区的路灯AB12 ，", max_size=12),
    st.from_regex(r"[A-Z][0-9]{0,2}[省市区县州]", fullmatch=True),
    st.text(alphabet="市民区小路灯A3县 ", max_size=12),
)
def test_a_masked_name_is_exactly_the_first_one_in_the_line(
    before: str, masked: str, after: str
) -> None:
    subject = before + masked + after
    found = re.search(r"[A-Z]\d*(省|市|区|县|州|镇|乡|村|旗)", subject)
    assert found is not None
    assert first_place(subject) == found[0]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_line_has_one_place_or_none(subject: str) -> None:
    place = first_place(subject)
    assert place is None or place[-1] in "省市区县州镇乡村旗"
