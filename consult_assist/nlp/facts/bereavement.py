"""Parts of patterns (in verbose form) by which somebody is told to have died."""

from consult_assist.japanese.people import PERSON_SIGNS

DIED = r"""
    (?:
        亡くな[っりる](?!たら)
      | (?<![ぁ-ん])なくなって(?:から|い)
      | (?<=[がはもに])なくなって(?:から|い)
      | 亡くし | 他界し | 逝[っき] | 看取(?:っ|り)(?:まし)?[たて](?!い)
      | 死ん[でだ](?!ら|も|く|や|ほ|み|と|」|』)
      | 死にま(?:した|して) | 死なれ | 先立 | 病死 | 急死
    )
"""
RITES = r"""
    の
    (?:
        遺産 | 形見 | 一周忌 | 三回忌 | 四十九日 | お?葬式 | 葬儀 | 法事
      | 遺言書?(?:が(?:出|見つ)|に(?:よ|書)|で|通り|どおり)
      | 遺族
      | 死亡(?!保険|し(?:た(?:ら|場合)|て[もは])|の?(?:場合|時|とき))
      | 位牌 | 納骨 | 命日 | お?墓 | 死(?:後|んだ|去)
    )
"""
SINCE_WHEN = (
    rf"(?:もう|(?!子ども|子供|こども|息子)[^。がはをも{PERSON_SIGNS}犬猫]"
    r"|[1-9一二三四五六七八九]人で|がん[でに]){0,18}?"
)
"""When and of what somebody died; nobody else is named on the way."""
DIED_WHEN = rf"(?:[^、。がはをもの子{PERSON_SIGNS}]{{0,6}}(?:前|年|月|日|春|夏|秋|冬)に?、?)?"
