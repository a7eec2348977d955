"""What segments are called, in words: the built-in ones, and why a text is none."""

from collections.abc import Mapping
from typing import Final

from desktop.wording.score_words import BANDS, FREQUENCIES, GROUPS, STAGES, VALUES
from desktop.wording.speech import Voice

Pair = tuple[str, str]
_KINDS: Final[Mapping[str, Pair]] = {
    "rfm": ("RFM", "RFM"),
    "lifecycle": ("生命周期", "Stage"),
    "frequency": ("购买频率", "Frequency"),
    "value": ("价值", "Value"),
    "churn": ("流失风险", "Churn"),
    "habit": ("到店时段", "Hours"),
    "category": ("品类偏好", "Prefers"),
    "channel": ("来源渠道", "Came through"),
    "points": ("积分", "Points"),
    "birthday": ("生日", "Birthday"),
    "tier": ("等级", "Level"),
}
_NAMES: Final[Mapping[str, Mapping[str, Pair]]] = {
    "rfm": {str(group): pair for group, pair in GROUPS.items()},
    "lifecycle": {str(stage): pair for stage, pair in STAGES.items()},
    "frequency": {str(each): pair for each, pair in FREQUENCIES.items()},
    "value": {str(each): pair for each, pair in VALUES.items()},
    "churn": {str(band): pair for band, pair in BANDS.items()},
    "habit": {
        "morning": ("上午 6–11 点", "Morning, 6 to 11"),
        "noon": ("中午 11–14 点", "Noon, 11 to 14"),
        "afternoon": ("下午 14–17 点", "Afternoon, 14 to 17"),
        "evening": ("傍晚 17–22 点", "Evening, 17 to 22"),
        "night": ("夜间 22–6 点", "Night, 22 to 6"),
    },
    "points": {"unused": ("够用却 180 天没用", "Enough, unused for 180 days")},
    "birthday": {"soon": ("7 天内", "Within 7 days")},
    "tier": {
        "near_up": ("快升级（到八成）", "Near the next level (80 %)"),
        "near_down": ("快降级（30 天内）", "Near falling (30 days)"),
    },
    "channel": {
        "walk_in": ("到店", "In the shop"),
        "referral": ("老带新", "A member's friend"),
        "event": ("活动", "An event"),
        "wechat": ("微信", "WeChat"),
        "web": ("网站", "The web"),
        "import": ("导入", "An import"),
        "other": ("其他", "Other"),
    },
}


def segment_name(say: Voice, name: str) -> str:
    """Return what a built-in segment is called; a shop's own has its own name."""
    kind, _, value = name.partition("/")
    if kind not in _KINDS or not value:
        return name
    pair = _NAMES.get(kind, {}).get(value)
    return say("：", ": ").join((say(*_KINDS[kind]), value if pair is None else say(*pair)))
