"""Whether a sentence says in the end that a matter is settled, or that what there is suffices.

Who has finished paying or giving back is done (払い終わっています); who has finished what they had or got is
in need (使い終わりました, もらい終わりました).
"""

import re

_OWED = r"(?:支?払い|返し|返済し|納め|済ませ)"
_ALL_OF_IT = r"(?:もう|全部|すべて|全て|とっくに|きちんと|ちゃんと)"
_PLACE = r"(?:所|ところ|とこ|家|部屋|仕事|職|先|学校|園|施設)"
_HELP = r"(?:認定|手当|給付金?|保護|支援|サービス|減免|免除|助成|貸付|手帳|年金|介護保険|ヘルパー|手続き?)"
_AT_HAND = r"(?:受け|もらっ|使っ|利用し|取っ|取得し|申請し|申し込ん|済ませ|入っ|通っ|来てもらっ)"
_SETTLED = re.compile(
    rf"""
    (?:
        {_OWED}(?:終わ(?:っ|り)|終え|[切き][っり])(?:て(?:い)?る|て(?:い)?ます|まし?た|た)
      | {_ALL_OF_IT}[^、。]{{0,4}}{_OWED}(?:まし)?た | 完済(?:し|でき)(?:まし)?た
      | (?:(?:もう|すでに|既に|とっくに)、?[^、。]{{0,8}}{_HELP}[^、。]{{0,4}}
          |{_HELP}[はもをに]?、?(?:もう|すでに|既に|とっくに)、?[^、。]{{0,4}})
        {_AT_HAND}[てで](?:い)?(?:ます|る)
      | (?:足り|間に合っ|やれ|やってい?け|暮らせ|払え)て(?:い)?(?:ます|る)
      | (?:に(?:は|も)?)慣れ(?:まし?た|て(?:い)?ます|て(?:い)?る)
      | {_PLACE}[はも](?:もう)?決まっ(?:て(?:い)?ます|て(?:い)?る|た)
      | (?:ひとつ|一つ)し(?:て(?:い)?)?(?:ません|ない)
      | 思い(?:は|も|なんて|なんか)し(?:て(?:い)?)?(?:ません|ない)
    )
    (?:けど|から|ので)?(?:ん?です)?[よねわなー]*[。\s]*$
    """,
    re.VERBOSE,
)
_HARDLY = re.compile(
    r"やっと|なんとか|何とか|ぎりぎり|ギリギリ|かろうじて|どうにか|今は|今のところ|まで|だけ|しか|が、|けど、"
)
"""Who barely manages, or till now, may need help all the same."""


def is_settled(text: str) -> bool:
    """Return whether the sentence ends in saying that nothing is left to be done."""
    return _SETTLED.search(text) is not None and _HARDLY.search(text) is None
