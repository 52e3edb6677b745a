"""Amounts of money: what each one is for, and which are stated."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("家賃は月6万5千円で、手取りは14万円です", ["rent_monthly=65000", "income_monthly=140000"]),
        ("家賃は8万5です", ["rent_monthly=85000"]),
        ("5万2000円の家賃です", ["rent_monthly=52000"]),
        ("借金が200万円くらいあります", ["debt=2000000"]),
        ("お金は3000円しかありません", ["cash=3000"]),
        ("派遣で働いてて、月18万くらいです", ["employment=派遣", "income_monthly=180000"]),
        ("お金は、今、8千円だけです", ["cash=8000"]),
        ("養育費は月3万円もらっています", ["support_payment=30000"]),
        ("前の旦那からは、月3万円もらっています", ["family_member=元夫", "support_payment=30000"]),
        ("傷病手当金が、月に13万円出ています", ["income_monthly=130000"]),
        ("5万7千円の部屋を借りてます", ["rent_monthly=57000"]),
        ("今、持ってるのは、800円だけです", ["cash=800"]),
        ("蓄えといっても、12万円です", ["cash=120000"]),
        ("粉ミルクとおむつが高くて、月に2万円くらい", ["cost_monthly=20000"]),
        ("市営住宅が1万9千円で", ["rent_monthly=19000"]),
        ("アパート、5万8千円払う。残りで暮らします", ["rent_monthly=58000"]),
        ("手取りは9万円で、2万円は母に渡しています", ["income_monthly=90000", "family_member=母"]),
        ("母は元気で、私の借金は70万円です", ["family_member=母", "debt=700000"]),
        ("家賃を5万円払って、残り10万円です", ["rent_monthly=50000"]),
    ],
)
def test_an_amount_is_for_what_is_named_beside_it(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("家賃はおいくらですか。", "4万8千円です", ["rent_monthly=48000"]),
        ("", "4万8千円です", []),
        ("家賃は5万円です。", "そうです", []),
        ("毎月の返済はおいくらですか。", "6万5千円です", ["cost_monthly=65000"]),
        ("ローンは、ございますか。", "月々2万4千円です", ["cost_monthly=24000"]),
        ("お住まいは、借りておられるんですか。", "古いアパートで、3万4千円。", ["rent_monthly=34000"]),
        ("年金を納めてくださいって紙が来て", "月に1万7920円。", []),
        ("収入は、どのくらいですか。", "先月は9万で、今月は7万5千円です。", ["income_monthly=75000"]),
        ("お家賃は。", "月に、6万と5千円です。", ["rent_monthly=65000"]),
        (
            "お家賃は、いくらですか。",
            "じいちゃんの代から借りとるけん、安かとですよ、4万2千円",
            ["rent_monthly=42000"],
        ),
        ("お手持ちのお金は。", "もう、千円札が2枚です。", []),
        ("年金はおいくらですか。", "ふた月に一度、12万円です。", []),
        ("年金は、納めていますか。", "年金、むりです。月に2万円くらい", ["cost_monthly=20000"]),
    ],
)
def test_an_amount_alone_is_for_what_was_asked(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("車のローンが、毎月3万2千円です", ["cost_monthly=32000"]),
        ("ローンがありまして。月々3万2千円です", ["cost_monthly=32000"]),
        ("借金が、毎月2万円です", ["cost_monthly=20000"]),
        ("毎月の返済が4万3千円です", ["cost_monthly=43000"]),
        ("ローンで、月に2万6千円ずつ返してます", ["cost_monthly=26000"]),
        ("保育料のほかに、延長が月にざっと3千円取られます", ["cost_monthly=3000"]),
        (
            "派遣で働いてて、弟に月3万円仕送りしてます",
            ["employment=派遣", "family_member=弟", "cost_monthly=30000"],
        ),
        ("派遣で働いてて、父が月3万円送ってくれます", ["employment=派遣", "family_member=父"]),
        ("先月3万円払いました", []),
        ("ローンが300万円残っています", ["debt=3000000"]),
        ("年金を納めろって、月に1万6千円です", ["cost_monthly=16000"]),
        ("年金が月に6万円です", ["income_monthly=60000"]),
        ("もらっているのは11万円です", ["income_monthly=110000"]),
        ("養育費でもらっている額は3万円です", ["support_payment=30000"]),
    ],
)
def test_what_is_paid_month_by_month_is_no_debt_and_no_income(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("銀行に月々2万円だけ返してます", ["cost_monthly=20000"]),
        ("銀行に毎月8万円入ってきます", []),
        ("口座に毎月8万円入ってきます", []),
        ("銀行に8万円残ってます", ["cash=80000"]),
        ("バイトで10万円貯めました", []),
        ("バイトで1万円の靴を買いました", []),
        ("バイトで8万円くらいもらってます", ["employment=アルバイト", "income_monthly=80000"]),
        ("会社から5万円もらいました", []),
        ("2社から50万円です", ["debt=500000"]),
        (
            "バイトで5万、年金が6万です",
            ["employment=アルバイト", "income_monthly=50000", "income_monthly=60000"],
        ),
        ("日雇いなので、先月は7万2千円でした", ["employment=日雇い", "income_monthly=72000"]),
        ("商売のほうは、月にまあ12万です", ["income_monthly=120000"]),
        ("バイトの5万と、年金です", ["employment=アルバイト", "income_monthly=50000"]),
        ("手持ちが3千円なので10万円借りたい", ["cash=3000"]),
        ("家賃が6万円で、補助を申請したいんです", ["rent_monthly=60000"]),
        ("給料は10万円で申請してます", ["income_monthly=100000"]),
    ],
)
def test_money_is_kept_earned_or_owed_only_where_it_is_said_to_be(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("給料は、母に5万円渡しています", ["family_member=母"]),
        ("去年の給料で計算されて、月に2万円と言われました", []),
        ("手取りは少なくて、3万円払うと何も残りません", []),
    ],
)
def test_money_that_goes_to_or_comes_from_another_is_no_income(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "自動車税を月割りで3千円払います", ["cost_monthly=3000"]),
        ("", "リハビリ代が月に4千円です", ["cost_monthly=4000"]),
        ("お家賃は。", "親の家なのでかかりません。水道とガスで9千円です", ["cost_monthly=9000"]),
        (
            "お家賃は。",
            "2か月分を納めていません。1か月が4万6千円です",
            ["arrears_months=2", "rent_monthly=46000"],
        ),
        ("お家賃は。", "5万円と管理費3千円、足して5万3千円です", ["cost_monthly=3000", "rent_monthly=53000"]),
        ("", "4万9千円です、家賃は。", ["rent_monthly=49000"]),
        ("", "休職中で、手当が月に15万円です", ["employment=休職中", "income_monthly=150000"]),
        ("", "雇用保険が、月にならすと11万円くらいです", ["income_monthly=110000"]),
        ("", "子どもの手当が月に1万円です", []),
        ("ローンは、ございますか。", "残りがまだ80万円あります", ["debt=800000"]),
        (
            "奨学金の返済は、ありますか。",
            "月に1万2千円で、残りは160万円です",
            ["cost_monthly=12000", "debt=1600000"],
        ),
        ("今夜は、どちらに。", "決まっていません。残りが3千円なので", ["cash=3000"]),
        ("", "会社の寮で、月に2万1千円引かれています", ["rent_monthly=21000"]),
        ("", "失業手当が、月に12万円出ます", ["income_monthly=120000"]),
        ("", "手取りは14万から15万です", []),
        ("", "キャッシュカードで3万円おろしました", []),
        ("", "クローン病で、手術に20万円でした", ["illness=クローン病"]),
        ("", "社協から20万円借りたことがあります", []),
        ("", "カードの支払いが3万4千円です", ["cost_monthly=34000"]),
        ("", "借金が90万円ありましたが、去年、全部返しました", []),
        ("", "毎月のおむつや手袋で7千円です", ["cost_monthly=7000"]),
        ("", "国民健康保険料の督促が来ていて、月9千円です", ["insurance=国保", "cost_monthly=9000"]),
        ("", "息子の年金と国保まで払うと、3万円です", ["family_member=息子", "cost_monthly=30000"]),
        ("貯金は、おありですか。", "10万円あるかないか。", ["cash=100000"]),
        ("貯金は。", "50万円を切りました", ["cash=500000"]),
        ("携帯代は。", "分割が入ってるので、8千円です", ["cost_monthly=8000"]),
    ],
)
def test_bills_loans_and_what_is_left_are_told_apart(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "月収が24万から19万に落ちました", ["income_monthly=190000"]),
        ("", "夜勤があれば手取りは21万で、なけりゃ17万です", ["income_monthly=210000"]),
        ("", "年金は6万ちょいかな、6万3千円です", ["income_monthly=63000"]),
        ("", "貯金が7万まで減りました", ["cash=70000"]),
        ("", "母から借りた15万でやりくりしています", ["family_member=母", "debt=150000"]),
        ("お手持ちのお金で、給料日まで足りますか。", "4千円です", ["cash=4000"]),
        ("借金の総額は。", "弁護士さんに見てもらって、260万でした", ["debt=2600000"]),
        ("お給料は。", "税金を引かれて、14万円です", ["income_monthly=140000"]),
        ("寮費は、おいくらですか。", "月に2万8千円です", ["rent_monthly=28000"]),
    ],
)
def test_what_was_reckoned_with_stands_beside_what_is(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    "said",
    [
        "前のアパートは家賃が6万5千円で、引っ越しました",
        "前の部屋は家賃が9万円したんです",
        "もしパートに採ってもらえたら、月に8万円くらいです",
        "家賃払ったら、3万円くらいです",
        "食費が2万円切るんです",
        "20万も借りたら、返すのに苦労します",
        "母から借りた15万円は、全部返しました",
        "養育費は月4万円のはずです",
        "家賃3万円の市営住宅に申し込みたいです",
        "貯金が30万あったんですけど、使ってしまいました",
    ],
)
def test_what_was_once_or_may_be_is_no_amount(said: str) -> None:
    assert [fact for fact in facts_in(said) if not fact.startswith("family_member")] == []


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("父から仕送りが3万円あります", ["family_member=父"]),
        ("薬代は、毎回3千円くらいです", []),
        ("週に7千円だけ渡されます", []),
        ("塾なんて、月に3万円もするでしょう", []),
    ],
)
def test_what_is_not_due_each_month_or_not_paid_is_no_cost(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("兄の借金が150万円あります", ["family_member=兄"]),
        ("兄はギャンブルで、妹がローンを90万円作りました", ["family_member=兄", "family_member=妹"]),
    ],
)
def test_a_debt_of_kin_is_not_that_of_who_speaks(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    "said",
    [
        "家賃はいくらですか",
        "家賃は6万円ですか",
        "児童扶養手当は月4万円くらいもらえます",
        "たとえば家賃が三万円なら、全額出ます",
        "家賃が5万円でも大丈夫ですか",
        "所得が208万円未満なら対象になります",
        "給料を一円ももらっていません",
        "友達の家賃は3万円だそうです",
        "若いころは月30万円稼いでいました",
        "妊娠八か月、分娩の予約金が払えません",
        "三万円でいいから貸してほしい",
        "10万円借りられますか",
        "バイト代は月に4、5万円です",
        "給食費は4千円か5千円です",
        "駅前のアパートが4万円で空いてるんです",
        "ひと月10万4千円か。年金はそれだけです",
        "月18万円あれば、何とか暮らせるんですけど",
        "5万円借りたら、8万円返せと言われました",
        "市民税は、月4千円ずつなら払えます",
        "月に3千円だけくれるんです",
        "月の払いが8千円で済む券があるって聞きました",
        "生活費を20万円借りたいんですが",
        "生活費は10万円申し込みます",
        "家賃の補助を月3万円申請しました",
        "借りたいのは生活費15万円です",
        "収入が10万円の方ですと全額です",
    ],
)
def test_what_is_asked_supposed_wished_or_only_rough_is_no_amount(said: str) -> None:
    assert facts_in(said) == []


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("お父さんからの援助は、ありますか。", "月に4万円です", ["support_payment=40000"]),
        (
            "元のご主人から、送金はありますか。",
            "前は5万円だったんですが、今は2万円です",
            ["support_payment=20000"],
        ),
        ("婚姻費用は。", "月6万円と決めて、それはちゃんと入っています", ["support_payment=60000"]),
        ("養育費は。", "月6万円と決めましたが、来ません", []),
        ("養育費は。", "3万円の約束です", []),
        ("", "元夫は5万円って言いながら、2万円しか入れません", ["support_payment=20000"]),
        ("", "子どもの父親が、毎月3万円だけ送ってきます", ["support_payment=30000"]),
        ("離れて暮らすお父さんからは。", "養育費はいらないって言いました", ["support_payment=なし"]),
        ("養育費は。", "話もしていないし、もらったこともありません", ["support_payment=なし"]),
        ("養育費は。", "決めたのに、この半年、1円も入ってません", ["support_payment=なし"]),
        ("", "父が、毎月3万円送ってくれます", []),
    ],
)
def test_what_the_other_parent_sends_is_what_comes(asked: str, said: str, facts: list[str]) -> None:
    found = [fact for fact in facts_in(said, asked) if not fact.startswith("family_member")]
    assert found == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "カードで三十、消費者金融が五十です", ["debt=300000", "debt=500000"]),
        ("借金はおいくらくらいですか。", "全部で三百くらいです", ["debt=3000000"]),
        ("", "手取り17なんで", ["income_monthly=170000"]),
        ("お給料はいつですか。", "25です", []),
        ("", "カードで12回払いです", []),
        ("借金はありますか。", "ありません。夫は、四十です", ["family_member=夫"]),
    ],
)
def test_of_large_sums_ten_thousand_goes_without_saying(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("養育費は。", "約束は三万やけど、もう二年くらい入ってへん", ["support_payment=なし"]),
        ("", "養育費は月五万円って調停で言われたけど、三万しか入らない", ["support_payment=30000"]),
        ("お家賃は。", "たしか五万、五万三千円", ["rent_monthly=53000"]),
        ("お家賃は。", "五万です、管理費入れて五万三千", ["rent_monthly=53000"]),
        ("", "家賃六万のうち、三万は会社が出してくれてます", ["rent_monthly=60000"]),
        ("", "家賃の保証会社から九万円請求が来てて", []),
        ("", "家賃補助が二万円出てます", []),
        ("", "生活費が足りなくて、毎月三万円ずつ借りてました", []),
        ("", "スマホ代と家賃で七万五千円、毎月引かれます", ["cost_monthly=75000"]),
        ("", "年金は月に九万あるけど、施設代が十二万かかる", ["income_monthly=90000", "cost_monthly=120000"]),
        ("", "年金は月に九万あるけど、更新料が十二万かかる", ["income_monthly=90000"]),
        ("", "給料から一万円引かれて、手取り十一万です", ["income_monthly=110000"]),
        ("", "日払いで八千円もらってます", ["employment=日雇い"]),
        ("月のお給料は。", "日給八千円で、月だと十二、三万かな", []),
        ("", "時給千百円で、月に九万ぐらいになります", ["income_monthly=90000"]),
        ("", "クレジットの残りが、四十、いや、四十五万です", ["debt=450000"]),
        ("", "働いてた時は二十万あったけど、今は傷病手当で十三万", ["income_monthly=130000"]),
    ],
)
def test_an_amount_is_for_what_it_is_told_of_alone(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts
