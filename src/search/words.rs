//! Words that carry grammar rather than meaning, by language.
//!
//! They are indexed like any other (a question may hang on a `not`), but weigh less in a question and do not
//! count in an article's length. The lists are short on purpose: what is missing is only weighed by its idf.

use crate::corpus::Language;

/// What a word does in a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Names the subject: nouns, verbs, names, numbers.
    Content,
    /// Articles, prepositions, pronouns, auxiliaries, negations.
    Function,
    /// `who`, `when`, `how`.
    Question,
}

/// The role of a word (lower case, accents folded) in a language.
pub fn role(word: &str, language: Language) -> Role {
    let (function, question) = lists(language);
    // Most words stand in neither, which is told far faster for the lists as a whole.
    if !function.contains(word) && !question.contains(word) {
        return Role::Content;
    }
    if question.split_ascii_whitespace().any(|listed| listed == word) {
        Role::Question
    } else if function.split_ascii_whitespace().any(|listed| listed == word) {
        Role::Function
    } else {
        Role::Content
    }
}

/// The function words of a language, accents folded.
pub(super) fn function_words(language: Language) -> impl Iterator<Item = &'static str> {
    lists(language).0.split_ascii_whitespace()
}

/// The question words of a language, accents folded.
pub(super) fn question_words(language: Language) -> impl Iterator<Item = &'static str> {
    lists(language).1.split_ascii_whitespace()
}

/// `(function words, question words)`, accents folded as the analyzer folds them.
fn lists(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::English => (ENGLISH, "what which who whom whose when where why how"),
        Language::Spanish => {
            (SPANISH, "que cual cuales quien quienes cuando donde como cuanto cuanta cuantos cuantas")
        }
        Language::German => (
            GERMAN,
            "was wer wen wem wessen wann wo wohin woher warum weshalb wieso wie welche welcher welches welchen welchem",
        ),
        Language::French => {
            (FRENCH, "que quoi qui quel quelle quels quelles quand ou comment pourquoi combien")
        }
        Language::Portuguese => {
            (PORTUGUESE, "que qual quais quem quando onde como quanto quanta quantos quantas")
        }
        Language::Italian => {
            (ITALIAN, "che cosa chi quale quali quando dove come perche quanto quanta quanti quante")
        }
        Language::Dutch => (DUTCH, "wat wie wiens wanneer waar waarom hoe hoeveel welk welke"),
        Language::Russian => (
            RUSSIAN,
            "что кто кого кому чем когда где куда откуда почему зачем как какой какая какое какие сколько",
        ),
        Language::Turkish => (TURKISH, "ne kim kime kimi neden nicin niye nasil nerede nereye hangi kac"),
        Language::Arabic => (
            "في من على الی عن مع هذا هذه ان و لا لم لن کان کانت هو هی",
            "ما ماذا من متی این کیف لماذا کم ای هل",
        ),
        Language::Persian => (
            "در از به با برای این ان که و را است بود شد هم تا بر",
            "چه چی کی کجا چرا چگونه چطور چند کدام ایا",
        ),
        Language::Chinese => (
            "的 了 是 在 和 与 有 被 把 于 为 对 从 到 之 其 也 而 以 及 所 个 中 上 下 不 这 那 她 他 它",
            "什 么 什么 谁 哪 哪里 哪个 何 何时 几 多少 怎 怎么 如何 为什 吗 呢",
        ),
        Language::Japanese => {
            ("の に は を た が で て と し れ さ も な い る か ら", "何 誰 い つ いつ ど こ どこ なぜ")
        }
        _ => ("", ""),
    }
}

const ENGLISH: &str = "a an the this that these those there here \
 i me my mine myself we us our ours ourselves you your yours yourself he him his himself she her hers herself \
 it its itself they them their theirs themselves one ones \
 am is are was were be been being do does did doing done have has had having \
 will would shall should can could may might must ought cannot \
 and or but nor so yet if then than because as while until unless although though whether \
 of at by for with about against between into through during before after above below to from up down in out \
 on off over under again further once within without among upon toward towards per via \
 not no never none neither either both each every any some such only own same too very just also all more most \
 other another few many much less least ever still even \
 dont doesnt didnt isnt arent wasnt werent wont wouldnt cant couldnt shouldnt hasnt havent hadnt im ive id ill \
 youre theyre theres thats whats whos";

const SPANISH: &str = "a al ante bajo con contra de del desde durante en entre hacia hasta para por segun sin sobre \
 tras el la los las lo un una unos unas y e o u ni pero sino si no me te se nos os le les mi tu su sus nuestro \
 este esta estos estas ese esa esos esas aquel eso esto es son era eran fue fueron ser sido esta estan estaba \
 ha han habia haber hay he muy mas menos ya tambien todo toda todos todas otro otra otros otras";

const GERMAN: &str = "der die das den dem des ein eine einen einem einer eines und oder aber denn sondern wenn als \
 ob weil dass nicht kein keine keinen in im an am auf aus bei beim mit nach von vom zu zum zur fur uber unter vor \
 um durch gegen ohne bis seit wahrend zwischen ich du er sie es wir ihr sich mich mir ihm ihn ihnen sein seine \
 seinen seiner ihre ihren ihrer ist sind war waren wird werden wurde wurden worden hat haben hatte hatten kann \
 konnte konnten muss soll auch nur noch schon sehr mehr so da dann diese dieser dieses diesen";

const FRENCH: &str = "a au aux avec ce ces cet cette dans de des du d l le la les un une et en entre est sont etait \
 etaient ete etre il ils elle elles on je tu nous vous me m te t se s n ne pas non ni mais ou par pour plus moins \
 sans sous sur vers chez depuis pendant avant apres contre leur leurs son sa ses mon ma mes notre votre y qu si \
 tout toute tous toutes autre autres meme aussi tres ont avait avaient avoir fut furent";

const PORTUGUESE: &str = "a ao aos as o os um uma uns umas de do da dos das em no na nos nas por pelo pela pelos pelas \
 para com sem sob sobre entre ate desde contra e ou mas nem se nao eu tu ele ela eles elas nos vos lhe lhes seu sua \
 seus suas meu minha este esta esse essa isso isto aquele e sao era eram foi foram ser sido esta estao estava ha \
 tem tinha mais menos muito ja tambem todo toda todos todas outro outra outros outras";

const ITALIAN: &str = "a ad al allo alla ai agli alle con col da dal dallo dalla dai dagli dalle di del dello della dei \
 degli delle in nel nello nella nei negli nelle su sul sullo sulla sui sugli sulle per tra fra il lo la i gli le un uno \
 una e ed o ma ne se non io tu lui lei noi voi loro si ci vi mi ti suo sua suoi sue mio questo questa questi queste \
 quello e sono era erano fu furono essere stato stata stati state ha hanno aveva avevano avere piu meno molto anche";

const DUTCH: &str = "de het een en of maar want in op aan van voor met bij naar uit over onder tot door om tegen zonder \
 tussen ik jij je hij zij ze het wij we jullie hen hun zich mijn zijn haar ons onze dit dat deze die is was waren \
 werd werden wordt worden heeft hebben had hadden kan kon niet geen ook nog al zo als dan er te meer";

const RUSSIAN: &str = "и в во не на с со из у к ко от до по за о об при про для без под над между через перед а но или \
 ни да же ли бы то это этот эта эти тот та те я ты он она оно мы вы они его ее их ему ей им мой свой был была было \
 были быть есть будет также так уже еще только все всех";

const TURKISH: &str = "ve veya ile bir bu su o da de ki mi mu icin gibi kadar daha en cok degil ama fakat ben sen biz siz \
 onlar onun bunun olarak olan oldu olduğu var yok";

/// Verbs and nouns of English that say little by themselves, in all their forms.
const LIGHT: &str = "get gets got getting gotten make makes made making take takes took taken taking need needs needed \
 want wants wanted give gives gave given giving go goes went gone going come comes came coming happen happens happened \
 use uses used using put puts let lets keep keeps kept become became thing things way ways called name named mean means \
 meant know knows knew known say says said tell told";

/// Whether a content word of English (lower case) says little by itself.
pub fn is_light(word: &str) -> bool {
    LIGHT.contains(word) && LIGHT.split_ascii_whitespace().any(|listed| listed == word)
}

/// Whether a word is a year: four digits, from 1000 to 2099.
pub fn is_year(word: &str) -> bool {
    word.len() == 4 && is_digits(word) && (word.starts_with('1') || word.starts_with("20"))
}

/// Whether a word is a number of a version: `4.2`, `10.0.1`.
pub fn is_version(word: &str) -> bool {
    word.contains('.') && word.split('.').all(is_digits)
}

fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_years_and_versions() {
        fn check(word: &str, expected: (bool, bool)) {
            assert_eq!((is_year(word), is_version(word)), expected, "{word}");
        }
        check("1066", (true, false));
        check("2016", (true, false));
        check("2100", (false, false));
        check("20160", (false, false));
        check("12", (false, false));
        check("", (false, false));
        check("4.2", (false, true));
        check("10.0.1", (false, true));
        check("4.", (false, false));
        check("s.p", (false, false));
    }

    #[test]
    fn tells_light_words() {
        for (word, expected) in [("got", true), ("gotten", true), ("go", true), ("goal", false), ("", false)]
        {
            assert_eq!(is_light(word), expected, "{word}");
        }
    }

    #[test]
    fn tells_roles() {
        fn check(word: &str, language: Language, expected: Role) {
            assert_eq!(role(word, language), expected, "{word}");
        }
        check("weapons", Language::English, Role::Content);
        check("not", Language::English, Role::Function);
        check("who", Language::English, Role::Question);
        check("WHO", Language::English, Role::Content);
        check("die", Language::English, Role::Content);
        check("die", Language::German, Role::Function);
        check("谁", Language::Chinese, Role::Question);
        check("the", Language::Finnish, Role::Content);
    }
}
