import type { LanguageSource } from './language.ts';

export const japanese: LanguageSource = {
  key: 'ja',
  months: ['1月', '2月', '3月', '4月', '5月', '6月', '7月', '8月', '9月', '10月', '11月', '12月'],
  date: 'MD日',
  greeting: '[{contact}様、お世話になっております。|{contact}様、いつもお世話になっております。]',
  closing: '[よろしくお願いいたします。|どうぞよろしくお願い申し上げます。]\n{rep}',
  aside:
    '[{date}まで出張しております。|ご連絡が遅くなり申し訳ございません。|CCに{colleague}を入れております。|先ほどお電話いたしました。]',
  reply: 'Re: ',
  topics: {
    pricing: {
      turns: [
        {
          as: 'email_in',
          subject: '[お見積りの件|{product}の価格について]',
          body: '[お見積りをありがとうございます。|社内で検討いたしました。] [{amount}は予算を超えております。|{amount}では稟議が通りません。] [{units}台まとめた場合の価格を教えてください。|3年契約の場合はいかがでしょうか。] {date}までにご回答をお願いします。',
        },
        {
          as: 'email_out',
          body: '[お約束のご回答です。|社内で相談いたしました。] [{units}台で{discount}％の値引きが可能です。|3年契約で{discount}％お安くなります。] 合計は{reduced}、有効期限は{laterDate}です。',
        },
      ],
      good: [
        {
          as: 'email_in',
          body: '[この条件で進めます。|承認が下りました。] [最終版をお送りください。|{laterDate}までに発注いたします。]',
        },
      ],
      bad: [
        {
          as: 'email_in',
          body: '[残念ながら、まだ高いという結論です。|他社の見積りとの差が大きすぎます。] [今回は見送ります。|予算は増やせません。]',
        },
      ],
    },
    integration: {
      turns: [
        {
          as: 'email_in',
          subject: '{system}との連携',
          body: '[情報システム部から質問があります。|{colleague}から確認の依頼です。] {product}と{system}の連携には[どのくらいの期間がかかりますか。|何日の作業が必要ですか。]',
        },
        {
          as: 'email_out',
          body: '計画書をお送りします。全体で{weeks}週間、御社の作業は{days}日です。[{reference}様も同じ構成です。|ファイアウォールの変更は不要です。] {laterDate}の開始でよろしいでしょうか。',
        },
      ],
      good: [
        {
          as: 'email_in',
          body: '[情報システム部の了承を得ました。|問題ありません。] [{laterDate}から始めましょう。|{weeks}週間で結構です。]',
        },
      ],
      bad: [
        {
          as: 'email_in',
          body: '[今年は対応できないとのことです。|連携がネックになっています。] [先に{system}を更新します。|人手が足りません。]',
        },
      ],
    },
    complaint: {
      turns: [
        {
          as: 'email_in',
          subject: '[警報が届きませんでした|不具合の件]',
          body: '[{date}に冷蔵室が停止しましたが、警報が届きませんでした。|一週間で{days}回の誤報がありました。|サポートから{days}日間返事がありません。] [至急ご対応ください。|本日中にご連絡ください。]',
        },
      ],
      good: [
        {
          as: 'email_out',
          body: '原因が判明しました。[更新時にしきい値が初期化されていました。|停電後にゲートウェイの時刻がずれていました。] [修正し、確認済みです。|ご迷惑をおかけしました。]',
        },
      ],
      bad: [
        {
          as: 'email_in',
          body: '[また同じ問題が起きました。|{date}までというお約束でしたが、まだ直っていません。] [他社を検討しています。|解約を考えています。]',
        },
      ],
    },
    won: {
      turns: [
        {
          as: 'email_in',
          subject: '発注書',
          body: '[契約書をお送りします。|{amount}で発注いたします。] [試験導入の結果が決め手でした。|今後ともよろしくお願いします。]',
        },
      ],
    },
    lost: {
      turns: [
        {
          as: 'email_in',
          subject: '選定結果について',
          body: '[今回は他社に決定いたしました。|計画は中止となりました。] [ご尽力に感謝いたします。|来年またご相談させてください。]',
        },
      ],
    },
    checkIn: {
      turns: [
        {
          as: 'call_out',
          subject: '[電話|近況の確認]',
          body: '[{contact}様と短い電話。|{contact}様は会議の合間。] [急ぎの件はなし。|{date}の監査で忙しい。|{month}に{city}で新拠点の予定。] [{weeks}週間後に再度連絡。|展示会で会う約束。]',
        },
        {
          as: 'email_in',
          subject: '[質問|資料のお願い]',
          body: '[{otherProduct}の資料をお送りください。|{city}の担当の方はどなたですか。|{product}は屋外でも使えますか。] [急ぎません。|{date}までにいただけると助かります。]',
        },
      ],
    },
  },
};
