-- Roles, extensions, the schema of Satchel's own functions, and the functions that table definitions need.
-- Applied by an administrator of the cluster; everything after it belongs to satchel_owner in both homes, so that a
-- laptop and a server run the same code with the same rights.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'satchel_owner') THEN
    CREATE ROLE satchel_owner NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'satchel_app') THEN
    CREATE ROLE satchel_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  IF lower('Ю') <> 'ю' THEN
    RAISE EXCEPTION 'Satchel needs a database whose character type knows Unicode (for example C.UTF-8), this one has %',
      (SELECT datctype FROM pg_database WHERE datname = current_database());
  END IF;
END
$$;

GRANT satchel_owner TO CURRENT_USER;

CREATE EXTENSION IF NOT EXISTS vector;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pgcrypto;
CREATE EXTENSION IF NOT EXISTS citext;
CREATE EXTENSION IF NOT EXISTS btree_gin;

CREATE SCHEMA satchel AUTHORIZATION satchel_owner;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO satchel_owner;
GRANT USAGE ON SCHEMA public, satchel TO satchel_app;

-- Functions are revoked from PUBLIC as they are made; those meant for requests are granted one by one.
ALTER DEFAULT PRIVILEGES FOR ROLE satchel_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

SET LOCAL ROLE satchel_owner;

-- Which of their workspaces the caller speaks of: a setting local to a transaction (set_config(..., true)), and a claim only.
CREATE FUNCTION satchel.chosen_workspace() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('satchel.workspace_id', true), '')::uuid $$;

-- Who acts, on a server: the user whose login the session was opened with, which no setting can change. Where the login is
-- of several workspaces, one must be chosen. A laptop has its own two functions, which take what the engine sets.
CREATE FUNCTION satchel.workspace_id() RETURNS uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT CASE WHEN count(*) = 1 THEN min(u.workspace_id::text)::uuid END FROM users AS u
    WHERE u.login_role = session_user AND u.is_active AND u.deleted_at IS NULL
      AND (satchel.chosen_workspace() IS NULL OR u.workspace_id = satchel.chosen_workspace())
  );
END
$$;

CREATE FUNCTION satchel.user_id() RETURNS uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT CASE WHEN count(*) = 1 THEN min(u.id::text)::uuid END FROM users AS u
    WHERE u.login_role = session_user AND u.is_active AND u.deleted_at IS NULL
      AND (satchel.chosen_workspace() IS NULL OR u.workspace_id = satchel.chosen_workspace())
  );
END
$$;

-- The hybrid logical clock stamp of the running transaction: null where nothing is shared yet; rows without one are
-- stamped when the workspace is first shared.
CREATE FUNCTION satchel.stamp() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('satchel.stamp', true), '') $$;

-- Made by db/text/build.ts: begin.

-- The version of the rule below: keys that another made are made anew.
CREATE FUNCTION satchel.fold_version() RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 1;

-- A text that is not plain ASCII, as it is compared. It depends on no locale, and of Unicode on nothing in which versions
-- differ: see db/text/fold-table.ts.
CREATE FUNCTION satchel.fold_unicode(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
  folded text COLLATE "C" := value;
  replaced text COLLATE "C";
BEGIN
  IF folded ~ '[\u0001-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u0897\u115f-\u1160\u17b4-'
        '\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-'
        '\ufff8\U00010d69-\U00010d6d\U00010efd-\U00010eff\U000113ce-\U000113d0\U00011f41-\U00011f42\U0001612f'
        '\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U0001e08f\U0001e4ec-\U0001e4ef\U0001e5ee-\U0001e5ef'
        '\U000e0000-\U000e0fff\ua7f1\U000105c9\U000105e4\U00011382-\U00011385\U0001138b\U0001138e\U00011390-'
        '\U00011391\U000113b8\U000113bb\U000113c2\U000113c5\U000113c7-\U000113c9\U0001611e-\U00016129'
        '\U00016d63\U00016d67-\U00016d6a\U0001ccd6-\U0001ccf9\U0001e030-\U0001e06d]' THEN
    folded := regexp_replace(folded, '[\u0001-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u0897\u115f-\u1160\u17b4-'
        '\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-'
        '\ufff8\U00010d69-\U00010d6d\U00010efd-\U00010eff\U000113ce-\U000113d0\U00011f41-\U00011f42\U0001612f'
        '\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U0001e08f\U0001e4ec-\U0001e4ef\U0001e5ee-\U0001e5ef'
        '\U000e0000-\U000e0fff]+', '', 'g');
    folded := translate(folded,
        E'꟱𐗉𐗤\U0001ccd6\U0001ccd7\U0001ccd8\U0001ccd9\U0001ccda\U0001ccdb\U0001ccdc\U0001ccdd\U0001ccde'
        '\U0001ccdf\U0001cce0\U0001cce1\U0001cce2\U0001cce3\U0001cce4\U0001cce5\U0001cce6\U0001cce7\U0001cce8'
        '\U0001cce9\U0001ccea\U0001cceb\U0001ccec\U0001cced\U0001ccee\U0001ccef𜳰𜳱𜳲𜳳𜳴𜳵𜳶𜳷𜳸𜳹𞀰𞀱𞀲𞀳𞀴'
        '𞀵𞀶𞀷𞀸𞀹𞀺𞀻𞀼𞀽𞀾𞀿𞁀𞁁𞁂𞁃𞁄𞁅𞁆𞁇𞁈𞁉𞁊𞁋𞁌𞁍𞁎𞁏𞁐𞁑𞁒𞁓𞁔𞁕𞁖𞁗𞁘𞁙𞁚𞁛𞁜𞁝𞁞𞁟𞁠𞁡𞁢𞁣𞁤𞁥𞁦'
        '𞁧𞁨𞁩𞁪𞁫𞁬𞁭𑎂\U000113c9𑎄\U000113bb𑎋\U000113c2𑎐\U000113b8\U0001611e\U00016129\U0001611f'
        '\U00016120𖵧𖵣',
        E'S𐗒𐗚ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789абвгдежзиклмопрстуфхцчшыэюꚉәіјөүӏабвгдежзиклопсуфхцчшъыґіѕџ'
        'ҫꙑұ\U000f0000\U000f0001\U000f0002\U000f0003\U000f0004\U000f0005\U000f0006\U000f0007\U000f0008'
        '\U000f0009\U000f000a\U000f000b\U000f000c\U000f000d');
    folded := replace(folded, E'𑎃', E'\U000f0000\U000f0001');
    folded := replace(folded, E'𑎅', E'\U000f0002\U000f0003');
    folded := replace(folded, E'𑎎', E'\U000f0004\U000f0005');
    folded := replace(folded, E'𑎑', E'\U000f0006\U000f0001');
    folded := replace(folded, E'\U000113c5', E'\U000f0005\U000f0005');
    folded := replace(folded, E'\U000113c7', E'\U000f0005\U000f0007');
    folded := replace(folded, E'\U000113c8', E'\U000f0005\U000f0001');
    folded := replace(folded, E'\U00016121', E'\U000f0008\U000f0008');
    folded := replace(folded, E'\U00016122', E'\U000f0008\U000f0009');
    folded := replace(folded, E'\U00016123', E'\U000f0008\U000f000a');
    folded := replace(folded, E'\U00016124', E'\U000f0009\U000f000a');
    folded := replace(folded, E'\U00016125', E'\U000f0008\U000f000b');
    folded := replace(folded, E'\U00016126', E'\U000f0008\U000f0008\U000f000a');
    folded := replace(folded, E'\U00016127', E'\U000f0008\U000f0009\U000f000a');
    folded := replace(folded, E'\U00016128', E'\U000f0008\U000f0008\U000f000b');
    folded := replace(folded, E'𖵨', E'\U000f000c\U000f000c');
    folded := replace(folded, E'𖵩', E'\U000f000d\U000f000c');
    folded := replace(folded, E'𖵪', E'\U000f000d\U000f000c\U000f000c');
  END IF;
  -- An acute accent by itself is typed for an apostrophe.
  folded := replace(normalize(folded, NFKD), E' \u0301', '''');
  IF folded ~ '^[ -~\u0300-\u0337\u0339-\u036f]*$' THEN
    folded := lower(regexp_replace(folded, '[\u0300-\u036f]+', '', 'g'));
  ELSE
    folded := lower(folded);
    IF folded ~ '[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u0652'
        '\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7-\u06e8\u06ea-\u06ed\u1ab0-\u1abe\u1dc0-\u1dff'
        '\u20d0-\u20f0\ufe20-\ufe2f]' THEN
      folded := regexp_replace(folded, '([\u0415\u0418\u0435\u0438]\u0300|[\u0406\u0410\u0415-\u0418\u041e\u0423\u0427\u042b\u042d\u0430'
        '\u0435-\u0438\u043e\u0443\u0447\u044b\u044d\u0456\u04d8-\u04d9\u04e8-\u04e9]\u0308|[\u0413\u041a'
        '\u0433\u043a]\u0301|[\u0410\u0415-\u0416\u0418\u0423\u0430\u0435-\u0436\u0438\u0443]\u0306|[\u0474-'
        '\u0475]\u030f|[\u0418\u0423\u0438\u0443]\u0304|[\u0423\u0443]\u030b|[\u003c-\u003e\u2190\u2192\u2194'
        '\u21d0\u21d2\u21d4\u2203\u2208\u220b\u2223\u2225\u223c\u2243\u2245\u2248\u224d\u2261\u2264-\u2265'
        '\u2272-\u2273\u2276-\u2277\u227a-\u227d\u2282-\u2283\u2286-\u2287\u2291-\u2292\u22a2\u22a8-\u22a9'
        '\u22ab\u22b2-\u22b5\u2add]\u0338)|[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7'
        '\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7-\u06e8\u06ea-'
        '\u06ed\u1ab0-\u1abe\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]', '\1', 'g');
    END IF;
    -- A long list is gone through for the few characters that are in it, not for each of the text.
    replaced := regexp_replace(folded, '[^\u0009-\u000d\u0085\u00ab\u00bb\u00c6\u00d0\u00d8\u00de-\u00df\u00e6\u00f0\u00f8\u00fe\u0110-'
        '\u0111\u0126-\u0127\u0131\u0141-\u0142\u014a-\u014b\u0152-\u0153\u0166-\u0167\u0181-\u0182\u0184'
        '\u0186-\u0187\u0189-\u018b\u018e-\u0191\u0193-\u0194\u0196-\u0198\u019c-\u019d\u019f\u01a2\u01a4'
        '\u01a6-\u01a7\u01a9\u01ac\u01ae\u01b1-\u01b3\u01b5\u01b7-\u01b8\u01bc\u01e4\u01f6-\u01f7\u021c\u0220'
        '\u0222\u0224\u023a-\u023b\u023d-\u023e\u0241\u0243-\u0246\u0248\u024a\u024c\u024e\u02b9\u02bb-\u02bd'
        '\u0370\u0372\u0376\u037f\u0391-\u03a1\u03a3-\u03a9\u03c2\u03cf\u03d8\u03da\u03dc\u03de\u03e0\u03e2'
        '\u03e4\u03e6\u03e8\u03ea\u03ec\u03ee\u03f7\u03fa\u03fd-\u03ff\u0402\u0404-\u0406\u0408-\u040b\u040f-'
        '\u0418\u041a-\u042f\u0460\u0462\u0464\u0466\u0468\u046a\u046c\u046e\u0470\u0472\u0474\u0478\u047a'
        '\u047c\u047e\u0480\u048a\u048c\u048e\u0490\u0492\u0494\u0496\u0498\u049a\u049c\u049e\u04a0\u04a2'
        '\u04a4\u04a6\u04a8\u04aa\u04ac\u04ae\u04b0\u04b2\u04b4\u04b6\u04b8\u04ba\u04bc\u04be\u04c0\u04c3'
        '\u04c5\u04c7\u04c9\u04cb\u04cd\u04d4\u04d8\u04e0\u04e8\u04f6\u04fa\u04fc\u04fe\u0500\u0502\u0504'
        '\u0506\u0508\u050a\u050c\u050e\u0510\u0512\u0514\u0516\u0518\u051a\u051c\u051e\u0520\u0522\u0524'
        '\u0526\u0528\u052a\u052c\u052e\u0531-\u0556\u058a\u05be\u0660-\u0669\u06f0-\u06f9\u07c0-\u07c9\u0966'
        '-\u096f\u09e6-\u09ef\u0a66-\u0a6f\u0ae6-\u0aef\u0b66-\u0b6f\u0be6-\u0bef\u0c66-\u0c6f\u0ce6-\u0cef'
        '\u0d66-\u0d6f\u0de6-\u0def\u0e50-\u0e59\u0ed0-\u0ed9\u0f20-\u0f29\u1040-\u1049\u1090-\u1099\u10a0-'
        '\u10c5\u10c7\u10cd\u13a0-\u13f5\u1400\u1680\u17e0-\u17e9\u1806\u1810-\u1819\u1946-\u194f\u19d0-'
        '\u19d9\u1a80-\u1a89\u1a90-\u1a99\u1b50-\u1b59\u1bb0-\u1bb9\u1c40-\u1c49\u1c50-\u1c59\u1c80-\u1c89'
        '\u1c90-\u1cba\u1cbd-\u1cbf\u1e9e\u1efa\u1efc\u1efe\u2010\u2012-\u2015\u2018-\u201f\u2028-\u2029'
        '\u2032\u2044\u2132\u2183\u2212\u2c00-\u2c2f\u2c60\u2c62-\u2c64\u2c67\u2c69\u2c6b\u2c6d-\u2c70\u2c72'
        '\u2c75\u2c7e-\u2c80\u2c82\u2c84\u2c86\u2c88\u2c8a\u2c8c\u2c8e\u2c90\u2c92\u2c94\u2c96\u2c98\u2c9a'
        '\u2c9c\u2c9e\u2ca0\u2ca2\u2ca4\u2ca6\u2ca8\u2caa\u2cac\u2cae\u2cb0\u2cb2\u2cb4\u2cb6\u2cb8\u2cba'
        '\u2cbc\u2cbe\u2cc0\u2cc2\u2cc4\u2cc6\u2cc8\u2cca\u2ccc\u2cce\u2cd0\u2cd2\u2cd4\u2cd6\u2cd8\u2cda'
        '\u2cdc\u2cde\u2ce0\u2ce2\u2ceb\u2ced\u2cf2\u2e17\u2e1a\u2e3a-\u2e3b\u2e40\u2e5d\u30a0\ua620-\ua629'
        '\ua640\ua642\ua644\ua646\ua648\ua64a\ua64c\ua64e\ua650\ua652\ua654\ua656\ua658\ua65a\ua65c\ua65e'
        '\ua660\ua662\ua664\ua666\ua668\ua66a\ua66c\ua680\ua682\ua684\ua686\ua688\ua68a\ua68c\ua68e\ua690'
        '\ua692\ua694\ua696\ua698\ua69a\ua722\ua724\ua726\ua728\ua72a\ua72c\ua72e\ua732\ua734\ua736\ua738'
        '\ua73a\ua73c\ua73e\ua740\ua742\ua744\ua746\ua748\ua74a\ua74c\ua74e\ua750\ua752\ua754\ua756\ua758'
        '\ua75a\ua75c\ua75e\ua760\ua762\ua764\ua766\ua768\ua76a\ua76c\ua76e\ua779\ua77b\ua77d-\ua77e\ua780'
        '\ua782\ua784\ua786\ua78b\ua78d\ua790\ua792\ua796\ua798\ua79a\ua79c\ua79e\ua7a0\ua7a2\ua7a4\ua7a6'
        '\ua7a8\ua7aa-\ua7ae\ua7b0-\ua7b4\ua7b6\ua7b8\ua7ba\ua7bc\ua7be\ua7c0\ua7c2\ua7c4-\ua7c7\ua7c9\ua7cb-'
        '\ua7cc\ua7ce\ua7d0\ua7d2\ua7d4\ua7d6\ua7d8\ua7da\ua7dc\ua7f5\ua8d0-\ua8d9\ua900-\ua909\ua9d0-\ua9d9'
        '\ua9f0-\ua9f9\uaa50-\uaa59\uabf0-\uabf9\U00010400-\U00010427\U000104a0-\U000104a9\U000104b0-'
        '\U000104d3\U00010570-\U0001057a\U0001057c-\U0001058a\U0001058c-\U00010592\U00010594-\U00010595'
        '\U00010c80-\U00010cb2\U00010d30-\U00010d39\U00010d40-\U00010d49\U00010d50-\U00010d65\U00010d6e'
        '\U00010ead\U00011066-\U0001106f\U000110f0-\U000110f9\U00011136-\U0001113f\U000111d0-\U000111d9'
        '\U000112f0-\U000112f9\U00011450-\U00011459\U000114d0-\U000114d9\U00011650-\U00011659\U000116c0-'
        '\U000116c9\U000116d0-\U000116e3\U00011730-\U00011739\U000118a0-\U000118bf\U000118e0-\U000118e9'
        '\U00011950-\U00011959\U00011bf0-\U00011bf9\U00011c50-\U00011c59\U00011d50-\U00011d59\U00011da0-'
        '\U00011da9\U00011de0-\U00011de9\U00011f50-\U00011f59\U00016130-\U00016139\U00016a60-\U00016a69'
        '\U00016ac0-\U00016ac9\U00016b50-\U00016b59\U00016d70-\U00016d79\U00016e40-\U00016e5f\U00016ea0-'
        '\U00016eb8\U0001e140-\U0001e149\U0001e2f0-\U0001e2f9\U0001e4f0-\U0001e4f9\U0001e5f1-\U0001e5fa'
        '\U0001e900-\U0001e921\U0001e950-\U0001e959]+', '', 'g');
    IF replaced <> '' THEN
      folded := translate(folded, replaced, translate(replaced,
        E'\u0009\u000a\u000b\u000c\u000d\u0085\u00ab\u00bbÐØðøĐđĦħıŁłŊŋŦŧƁƂƄƆƇƉƊƋƎƏƐƑƓƔƖƗƘƜƝƟƢƤƦƧƩƬƮƱƲƳƵƷƸƼǤǶǷ'
        'ȜȠȢȤȺȻȽȾɁɃɄɅɆɈɊɌɎʹʻʼʽͰͲͶͿΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩςϏϘϚϜϞϠϢϤϦϨϪϬϮϷϺϽϾϿЂЄЅІЈЉЊЋЏАБВГДЕЖЗИКЛМНОПРСТУФХЦЧ'
        'ШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӃӅӇӉӋӍӔӘӠӨӶӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮԱԲԳԴԵԶԷԸԹԺ'
        'ԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ\u058a\u05be٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹߀߁߂߃߄߅߆߇߈߉०१२३४५६७८९০১২৩৪৫৬৭৮৯੦੧੨੩੪੫੬੭੮੯'
        '૦૧૨૩૪૫૬૭૮૯୦୧୨୩୪୫୬୭୮୯௦௧௨௩௪௫௬௭௮௯౦౧౨౩౪౫౬౭౮౯೦೧೨೩೪೫೬೭೮೯൦൧൨൩൪൫൬൭൮൯෦෧෨෩෪෫෬෭෮෯๐๑๒๓๔๕๖๗๘๙໐໑໒໓໔໕໖໗໘໙༠༡༢༣༤༥༦༧༨༩'
        '၀၁၂၃၄၅၆၇၈၉႐႑႒႓႔႕႖႗႘႙ႠႡႢႣႤႥႦႧႨႩႪႫႬႭႮႯႰႱႲႳႴႵႶႷႸႹႺႻႼႽႾႿჀჁჂჃჄჅჇჍᎠᎡᎢᎣᎤᎥᎦᎧᎨᎩᎪᎫᎬᎭᎮᎯᎰᎱᎲᎳᎴᎵᎶᎷᎸᎹᎺᎻᎼᎽᎾᎿᏀᏁᏂᏃᏄᏅᏆᏇ'
        'ᏈᏉᏊᏋᏌᏍᏎᏏᏐᏑᏒᏓᏔᏕᏖᏗᏘᏙᏚᏛᏜᏝᏞᏟᏠᏡᏢᏣᏤᏥᏦᏧᏨᏩᏪᏫᏬᏭᏮᏯᏰᏱᏲᏳᏴᏵ\u1400\u1680០១២៣៤៥៦៧៨៩\u1806᠐᠑᠒᠓᠔᠕᠖᠗᠘᠙᥆᥇᥈᥉᥊᥋᥌᥍᥎᥏᧐᧑᧒᧓᧔᧕'
        '᧖᧗᧘᧙᪀᪁᪂᪃᪄᪅᪆᪇᪈᪉᪐᪑᪒᪓᪔᪕᪖᪗᪘᪙᭐᭑᭒᭓᭔᭕᭖᭗᭘᭙᮰᮱᮲᮳᮴᮵᮶᮷᮸᮹᱀᱁᱂᱃᱄᱅᱆᱇᱈᱉᱐᱑᱒᱓᱔᱕᱖᱗᱘᱙ᲀᲁᲂᲃᲄᲅᲆᲇᲈᲉᲐᲑᲒᲓᲔᲕᲖᲗᲘᲙᲚᲛᲜᲝᲞᲟᲠᲡᲢᲣᲤᲥᲦᲧᲨᲩ'
        'ᲪᲫᲬᲭᲮᲯᲰᲱᲲᲳᲴᲵᲶᲷᲸᲹᲺᲽᲾᲿỺỼỾ\u2010\u2012\u2013\u2014\u2015\u2018\u2019\u201a\u201b\u201c\u201d\u201e'
        '\u201f\u2028\u2029\u2032\u2044ℲↃ\u2212ⰀⰁⰂⰃⰄⰅⰆⰇⰈⰉⰊⰋⰌⰍⰎⰏⰐⰑⰒⰓⰔⰕⰖⰗⰘⰙⰚⰛⰜⰝⰞⰟⰠⰡⰢⰣⰤⰥⰦⰧⰨⰩⰪⰫⰬⰭⰮⰯⱠⱢⱣⱤⱧⱩⱫⱭⱮⱯⱰⱲⱵⱾ'
        'ⱿⲀⲂⲄⲆⲈⲊⲌⲎⲐⲒⲔⲖⲘⲚⲜⲞⲠⲢⲤⲦⲨⲪⲬⲮⲰⲲⲴⲶⲸⲺⲼⲾⳀⳂⳄⳆⳈⳊⳌⳎⳐⳒⳔⳖⳘⳚⳜⳞⳠⳢⳫⳭⳲ\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d\u30a0꘠꘡꘢꘣'
        '꘤꘥꘦꘧꘨꘩ꙀꙂꙄꙆꙈꙊꙌꙎꙐꙒꙔꙖꙘꙚꙜꙞꙠꙢꙤꙦꙨꙪꙬꚀꚂꚄꚆꚈꚊꚌꚎꚐꚒꚔꚖꚘꚚꜢꜤꜦꜨꜪꜬꜮꜲꜴꜶꜸꜺꜼꜾꝀꝂꝄꝆꝈꝊꝌꝎꝐꝒꝔꝖꝘꝚꝜꝞꝠꝢꝤꝦꝨꝪꝬꝮꝹꝻꝽꝾꞀꞂꞄꞆꞋꞍꞐꞒꞖꞘꞚꞜꞞꞠꞢ'
        'ꞤꞦꞨꞪꞫꞬꞭꞮꞰꞱꞲꞳꞴꞶꞸꞺꞼꞾꟀꟂꟄꟅꟆꟇꟉꟋꟌ꟎Ꟑ꟒꟔ꟖꟘꟚꟜꟵ꣐꣑꣒꣓꣔꣕꣖꣗꣘꣙꤀꤁꤂꤃꤄꤅꤆꤇꤈꤉꧐꧑꧒꧓꧔꧕꧖꧗꧘꧙꧰꧱꧲꧳꧴꧵꧶꧷꧸꧹꩐꩑꩒꩓꩔꩕꩖꩗꩘꩙꯰꯱꯲꯳꯴꯵꯶꯷꯸꯹𐐀𐐁'
        '𐐂𐐃𐐄𐐅𐐆𐐇𐐈𐐉𐐊𐐋𐐌𐐍𐐎𐐏𐐐𐐑𐐒𐐓𐐔𐐕𐐖𐐗𐐘𐐙𐐚𐐛𐐜𐐝𐐞𐐟𐐠𐐡𐐢𐐣𐐤𐐥𐐦𐐧𐒠𐒡𐒢𐒣𐒤𐒥𐒦𐒧𐒨𐒩𐒰𐒱'
        '𐒲𐒳𐒴𐒵𐒶𐒷𐒸𐒹𐒺𐒻𐒼𐒽𐒾𐒿𐓀𐓁𐓂𐓃𐓄𐓅𐓆𐓇𐓈𐓉𐓊𐓋𐓌𐓍𐓎𐓏𐓐𐓑𐓒𐓓𐕰𐕱𐕲𐕳𐕴𐕵𐕶𐕷𐕸𐕹𐕺𐕼𐕽𐕾𐕿𐖀'
        '𐖁𐖂𐖃𐖄𐖅𐖆𐖇𐖈𐖉𐖊𐖌𐖍𐖎𐖏𐖐𐖑𐖒𐖔𐖕𐲀𐲁𐲂𐲃𐲄𐲅𐲆𐲇𐲈𐲉𐲊𐲋𐲌𐲍𐲎𐲏𐲐𐲑𐲒𐲓𐲔𐲕𐲖𐲗𐲘𐲙𐲚𐲛𐲜𐲝𐲞'
        '𐲟𐲠𐲡𐲢𐲣𐲤𐲥𐲦𐲧𐲨𐲩𐲪𐲫𐲬𐲭𐲮𐲯𐲰𐲱𐲲𐴰𐴱𐴲𐴳𐴴𐴵𐴶𐴷𐴸𐴹𐵀𐵁𐵂𐵃𐵄𐵅𐵆𐵇𐵈𐵉𐵐𐵑𐵒𐵓𐵔𐵕𐵖𐵗𐵘𐵙'
        '𐵚𐵛𐵜𐵝𐵞𐵟𐵠𐵡𐵢𐵣𐵤𐵥\U00010d6e\U00010ead𑁦𑁧𑁨𑁩𑁪𑁫𑁬𑁭𑁮𑁯𑃰𑃱𑃲𑃳𑃴𑃵𑃶𑃷𑃸𑃹𑄶𑄷𑄸𑄹𑄺𑄻𑄼𑄽'
        '𑄾𑄿𑇐𑇑𑇒𑇓𑇔𑇕𑇖𑇗𑇘𑇙𑋰𑋱𑋲𑋳𑋴𑋵𑋶𑋷𑋸𑋹𑑐𑑑𑑒𑑓𑑔𑑕𑑖𑑗𑑘𑑙𑓐𑓑𑓒𑓓𑓔𑓕𑓖𑓗𑓘𑓙𑙐𑙑𑙒𑙓𑙔𑙕𑙖𑙗'
        '𑙘𑙙𑛀𑛁𑛂𑛃𑛄𑛅𑛆𑛇𑛈𑛉𑛐𑛑𑛒𑛓𑛔𑛕𑛖𑛗𑛘𑛙𑛚𑛛𑛜𑛝𑛞𑛟𑛠𑛡𑛢𑛣𑜰𑜱𑜲𑜳𑜴𑜵𑜶𑜷𑜸𑜹𑢠𑢡𑢢𑢣𑢤𑢥𑢦𑢧'
        '𑢨𑢩𑢪𑢫𑢬𑢭𑢮𑢯𑢰𑢱𑢲𑢳𑢴𑢵𑢶𑢷𑢸𑢹𑢺𑢻𑢼𑢽𑢾𑢿𑣠𑣡𑣢𑣣𑣤𑣥𑣦𑣧𑣨𑣩𑥐𑥑𑥒𑥓𑥔𑥕𑥖𑥗𑥘𑥙𑯰𑯱𑯲𑯳𑯴𑯵'
        '𑯶𑯷𑯸𑯹𑱐𑱑𑱒𑱓𑱔𑱕𑱖𑱗𑱘𑱙𑵐𑵑𑵒𑵓𑵔𑵕𑵖𑵗𑵘𑵙𑶠𑶡𑶢𑶣𑶤𑶥𑶦𑶧𑶨𑶩𑷠𑷡𑷢𑷣𑷤𑷥𑷦𑷧𑷨𑷩𑽐𑽑𑽒𑽓𑽔𑽕'
        '𑽖𑽗𑽘𑽙𖄰𖄱𖄲𖄳𖄴𖄵𖄶𖄷𖄸𖄹𖩠𖩡𖩢𖩣𖩤𖩥𖩦𖩧𖩨𖩩𖫀𖫁𖫂𖫃𖫄𖫅𖫆𖫇𖫈𖫉𖭐𖭑𖭒𖭓𖭔𖭕𖭖𖭗𖭘𖭙𖵰𖵱𖵲𖵳𖵴𖵵'
        '𖵶𖵷𖵸𖵹𖹀𖹁𖹂𖹃𖹄𖹅𖹆𖹇𖹈𖹉𖹊𖹋𖹌𖹍𖹎𖹏𖹐𖹑𖹒𖹓𖹔𖹕𖹖𖹗𖹘𖹙𖹚𖹛𖹜𖹝𖹞𖹟𖺠𖺡𖺢𖺣𖺤𖺥𖺦𖺧𖺨𖺩𖺪𖺫𖺬𖺭'
        '𖺮𖺯𖺰𖺱𖺲𖺳𖺴𖺵𖺶𖺷𖺸𞅀𞅁𞅂𞅃𞅄𞅅𞅆𞅇𞅈𞅉𞋰𞋱𞋲𞋳𞋴𞋵𞋶𞋷𞋸𞋹𞓰𞓱𞓲𞓳𞓴𞓵𞓶𞓷𞓸𞓹𞗱𞗲𞗳𞗴𞗵𞗶𞗷𞗸𞗹'
        '𞗺𞤀𞤁𞤂𞤃𞤄𞤅𞤆𞤇𞤈𞤉𞤊𞤋𞤌𞤍𞤎𞤏𞤐𞤑𞤒𞤓𞤔𞤕𞤖𞤗𞤘𞤙𞤚𞤛𞤜𞤝𞤞𞤟𞤠𞤡𞥐𞥑𞥒𞥓𞥔𞥕𞥖𞥗𞥘𞥙ÆÞßæþŒœẞ',
        E'      ""dododdhhillnnttɓƃƅɔƈɖɗƌǝəɛƒɠɣɩɨƙɯɲɵƣƥʀƨʃƭʈʊʋƴƶʒƹƽǥƕƿȝƞȣȥⱥȼƚⱦɂƀʉʌɇɉɋɍɏ''''''''ͱͳͷϳαβγδεζηθικλ'
        'μνξοπρστυφχψωσϗϙϛϝϟϡϣϥϧϩϫϭϯϸϻͻͼͽђєѕіјљњћџабвгдежзиклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡ'
        'ңҥҧҩҫҭүұҳҵҷҹһҽҿӏӄӆӈӊӌӎӕәӡөӷӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯաբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ--012345'
        '6789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345'
        '67890123456789012345678901234567890123456789012345678901234567890123456789ⴀⴁⴂⴃⴄⴅⴆⴇⴈⴉⴊⴋⴌⴍⴎⴏⴐⴑⴒⴓⴔⴕⴖⴗⴘⴙ'
        'ⴚⴛⴜⴝⴞⴟⴠⴡⴢⴣⴤⴥⴧⴭꭰꭱꭲꭳꭴꭵꭶꭷꭸꭹꭺꭻꭼꭽꭾꭿꮀꮁꮂꮃꮄꮅꮆꮇꮈꮉꮊꮋꮌꮍꮎꮏꮐꮑꮒꮓꮔꮕꮖꮗꮘꮙꮚꮛꮜꮝꮞꮟꮠꮡꮢꮣꮤꮥꮦꮧꮨꮩꮪꮫꮬꮭꮮꮯꮰꮱꮲꮳꮴꮵꮶꮷꮸꮹꮺꮻꮼꮽꮾꮿᏸᏹᏺᏻᏼᏽ'
        '- 0123456789-012345678901234567890123456789012345678901234567890123456789012345678901234567890123456'
        '789вдосттъѣꙋᲊაბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჱჲჳჴჵჶჷჸჹჺჽჾჿỻỽỿ-----''''''''""""  ''/ⅎↄ-ⰰⰱⰲⰳⰴⰵⰶⰷⰸⰹⰺⰻⰼ'
        'ⰽⰾⰿⱀⱁⱂⱃⱄⱅⱆⱇⱈⱉⱊⱋⱌⱍⱎⱏⱐⱑⱒⱓⱔⱕⱖⱗⱘⱙⱚⱛⱜⱝⱞⱟⱡɫᵽɽⱨⱪⱬɑɱɐɒⱳⱶȿɀⲁⲃⲅⲇⲉⲋⲍⲏⲑⲓⲕⲗⲙⲛⲝⲟⲡⲣⲥⲧⲩⲫⲭⲯⲱⲳⲵⲷⲹⲻⲽⲿⳁⳃⳅⳇⳉⳋⳍⳏⳑⳓⳕⳗⳙⳛⳝⳟⳡⳣ'
        'ⳬⳮⳳ-------0123456789ꙁꙃꙅꙇꙉꙋꙍꙏꙑꙓꙕꙗꙙꙛꙝꙟꙡꙣꙥꙧꙩꙫꙭꚁꚃꚅꚇꚉꚋꚍꚏꚑꚓꚕꚗꚙꚛꜣꜥꜧꜩꜫꜭꜯꜳꜵꜷꜹꜻꜽꜿꝁꝃꝅꝇꝉꝋꝍꝏꝑꝓꝕꝗꝙꝛꝝꝟꝡꝣꝥꝧꝩꝫꝭꝯꝺꝼᵹꝿꞁ'
        'ꞃꞅꞇꞌɥꞑꞓꞗꞙꞛꞝꞟꞡꞣꞥꞧꞩɦɜɡɬɪʞʇʝꭓꞵꞷꞹꞻꞽꞿꟁꟃꞔʂᶎꟈꟊɤꟍ꟏ꟑꟓꟕꟗꟙꟛƛꟶ01234567890123456789012345678901234567890123456789'
        '0123456789𐐨𐐩𐐪𐐫𐐬𐐭𐐮𐐯𐐰𐐱𐐲𐐳𐐴𐐵𐐶𐐷𐐸𐐹𐐺𐐻𐐼𐐽𐐾𐐿𐑀𐑁𐑂𐑃𐑄𐑅𐑆𐑇𐑈𐑉𐑊𐑋𐑌𐑍𐑎𐑏0123456789'
        '𐓘𐓙𐓚𐓛𐓜𐓝𐓞𐓟𐓠𐓡𐓢𐓣𐓤𐓥𐓦𐓧𐓨𐓩𐓪𐓫𐓬𐓭𐓮𐓯𐓰𐓱𐓲𐓳𐓴𐓵𐓶𐓷𐓸𐓹𐓺𐓻𐖗𐖘𐖙𐖚𐖛𐖜𐖝𐖞𐖟𐖠𐖡𐖣𐖤𐖥'
        '𐖦𐖧𐖨𐖩𐖪𐖫𐖬𐖭𐖮𐖯𐖰𐖱𐖳𐖴𐖵𐖶𐖷𐖸𐖹𐖻𐖼𐳀𐳁𐳂𐳃𐳄𐳅𐳆𐳇𐳈𐳉𐳊𐳋𐳌𐳍𐳎𐳏𐳐𐳑𐳒𐳓𐳔𐳕𐳖𐳗𐳘𐳙𐳚𐳛𐳜'
        '𐳝𐳞𐳟𐳠𐳡𐳢𐳣𐳤𐳥𐳦𐳧𐳨𐳩𐳪𐳫𐳬𐳭𐳮𐳯𐳰𐳱𐳲01234567890123456789𐵰𐵱𐵲𐵳𐵴𐵵𐵶𐵷𐵸𐵹𐵺𐵻𐵼𐵽𐵾𐵿𐶀𐶁'
        '𐶂𐶃𐶄𐶅--012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789'
        '012345678901234567890123456789𑣀𑣁𑣂𑣃𑣄𑣅𑣆𑣇𑣈𑣉𑣊𑣋𑣌𑣍𑣎𑣏𑣐𑣑𑣒𑣓𑣔𑣕𑣖𑣗𑣘𑣙𑣚𑣛𑣜𑣝𑣞𑣟012345'
        '6789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345'
        '678901234567890123456789𖹠𖹡𖹢𖹣𖹤𖹥𖹦𖹧𖹨𖹩𖹪𖹫𖹬𖹭𖹮𖹯𖹰𖹱𖹲𖹳𖹴𖹵𖹶𖹷𖹸𖹹𖹺𖹻𖹼𖹽𖹾𖹿𖺻𖺼𖺽𖺾𖺿𖻀'
        '𖻁𖻂𖻃𖻄𖻅𖻆𖻇𖻈𖻉𖻊𖻋𖻌𖻍𖻎𖻏𖻐𖻑𖻒𖻓0123456789012345678901234567890123456789𞤢𞤣𞤤𞤥𞤦𞤧𞤨𞤩𞤪𞤫𞤬'
        '𞤭𞤮𞤯𞤰𞤱𞤲𞤳𞤴𞤵𞤶𞤷𞤸𞤹𞤺𞤻𞤼𞤽𞤾𞤿𞥀𞥁𞥂𞥃0123456789æþßæþœœß'));
      folded := replace(folded, E'ß', E'ss');
      folded := replace(folded, E'æ', E'ae');
      folded := replace(folded, E'þ', E'th');
      folded := replace(folded, E'œ', E'oe');
    END IF;
    folded := normalize(folded, NFC);
  END IF;
  IF strpos(folded, '  ') > 0 THEN
    folded := regexp_replace(folded, ' +', ' ', 'g');
  END IF;
  RETURN btrim(folded);
END
$$;

-- A text as it is compared wherever two are: shared/text/fold.ts gives the same. Written to become part of each expression
-- that calls it, so that plain ASCII calls no function of ours.
CREATE FUNCTION satchel.fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN value COLLATE "C" !~ '^[ -~]*$' THEN satchel.fold_unicode(value)
  WHEN strpos(value, '  ') > 0 THEN btrim(regexp_replace(lower(value COLLATE "C"), ' +', ' ', 'g'))
  ELSE btrim(lower(value COLLATE "C"))
END;

-- Made by db/text/build.ts: end.

-- The digits of a telephone number, whatever its formatting.
CREATE FUNCTION satchel.digits(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT regexp_replace(value, '[^0-9]', '', 'g') $$;

-- Whether a vector has the length 1, within what single precision loses. Only then is the inner product, by which the
-- graphs are searched, the cosine. Null for null, which a CHECK lets pass.
-- The first moment of a day in a time zone: the later of two equal times would leave its first hour to the day before.
CREATE FUNCTION satchel.start_of_day(day date, zone text) RETURNS timestamptz
LANGUAGE sql STABLE STRICT PARALLEL SAFE
AS $$
  SELECT CASE
    WHEN ((day::timestamp AT TIME ZONE zone - interval '1 hour') AT TIME ZONE zone)::date = day
      THEN day::timestamp AT TIME ZONE zone - interval '1 hour'
    ELSE day::timestamp AT TIME ZONE zone
  END
$$;

CREATE FUNCTION satchel.is_normal(embedding vector) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT abs(public.vector_norm(embedding) - 1) < 0.001 $$;

-- Full text that ignores accents: words lose their accents before they are stemmed, in documents and queries alike.
CREATE TEXT SEARCH CONFIGURATION satchel.search (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION satchel.search
  ALTER MAPPING FOR word, hword, hword_part WITH public.unaccent, pg_catalog.english_stem;

GRANT EXECUTE ON FUNCTION
  satchel.chosen_workspace(), satchel.workspace_id(), satchel.user_id(), satchel.stamp(), satchel.fold(text),
  satchel.fold_unicode(text), satchel.fold_version(), satchel.digits(text),
  satchel.start_of_day(date, text), satchel.is_normal(vector)
TO satchel_app;

RESET ROLE;
