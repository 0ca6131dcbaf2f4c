# Français

n-articles = { $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
}
n-passages = { $passages ->
    [one] { $passages } passage
   *[other] { $passages } passages
}
n-seconds = { $seconds ->
    [one] { $seconds } seconde
   *[other] { $seconds } secondes
}

## Answers

question = **Question :** { $question }
hedge = { $quotes ->
    [one] Je ne suis pas sûr que cela réponde. Le passage le plus proche :
   *[other] Je ne suis pas sûr que cela réponde. Les passages les plus proches :
}
quote = « { $quote } »
place_line = paragraphe { $paragraph }, ligne { $line } de { $path }
place_lines = paragraphe { $paragraph }, lignes { $first }–{ $last } de { $path }
expansion = { $looked_for } (pour { $asked })
expansions = J’ai aussi cherché : { $words }.
unmatched = Aucun article ne mentionne : { $words }.
differing = Les articles donnent des chiffres différents : comparez [1] avec { $quotes }.
carried = De la question précédente, j’ai repris : { $words }.
within = **Seulement dans :** { $name }
quotes_left_out = { $count ->
    [one] Un passage de plus n’a pas tenu ici.
   *[other] { $count } passages de plus n’ont pas tenu ici.
}
only_common_words = Il n’y a rien à chercher dans cette question : tous ses mots sont très courants. Ajoutez un nom, un lieu ou une chose.
nothing_found = Je n’ai rien trouvé dans les articles pour cette question.
other_words = Essayez d’autres mots ou une autre orthographe.
low_confidence = Je n’ai pas trouvé de réponse à cela dans les articles.
nearest_articles = Les articles les plus proches :
footer = #{ $record } · { n-articles }
original = original
further = Autres passages, page { $page } :
no_further = Il n’y a pas d’autre passage pour cette question.

## Buttons under answers

button_more = Plus de passages
button_why = Pourquoi cette réponse ?
button_passage = Passage complet
button_helpful = Utile
button_unhelpful = Pas utile
button_show = Montrer à tous
button_delete = Supprimer
button_follow = Autre question
button_source = Source { $number }
button_gap = Prévenir les modérateurs
button_previous = Précédent
button_next = Suivant
follow_title = Autre question
follow_label = Votre question suivante
follow_hint = Que voulez-vous encore savoir à ce sujet ?
voted_helpful = Noté : utile. Merci ! Appuyez sur l’autre bouton si vous changez d’avis.
voted_unhelpful = Noté : pas utile. Merci ! Appuyez sur l’autre bouton si vous changez d’avis.
gap_told = Merci. Les modérateurs trouveront cette question parmi celles auxquelles les articles ne répondent pas.
gap_told_before = Vous avez déjà signalé cette question aux modérateurs. Merci.
record_gone = L’enregistrement de cette réponse n’existe plus, ce bouton ne peut donc plus rien faire. Posez la question à nouveau.
question_gone = Cet enregistrement a été effacé, ce bouton ne peut donc plus rien faire.
button_unknown = Je ne connais plus ce bouton. Posez la question à nouveau.
not_yours = Cette réponse est réservée à quelqu’un d’autre.
delete_not_yours = Seuls la personne qui a demandé et les modérateurs peuvent supprimer cette réponse.
show_failed = Je ne peux pas montrer cette réponse à tous ici.

## Why this answer?

why = **Pourquoi cette réponse ?** (#{ $record })
why_confidence = Confiance : { $percent } %. En dessous de { $floor } % je ne réponds pas ; en dessous de 50 % je dis que je ne suis pas sûr.
why_quote = Citation [{ $number }], tirée de { $title }
why_words = Les mots de votre question, avec leur poids et leur place :
why_found = { $word } : { $percent } %, dans les phrases citées
why_part = { $word } : { $percent } %, en partie ({ $found } %)
why_missing = { $word } : { $percent } %, pas dans les phrases citées
why_score = Score : { $score }. Celui de son article : { $article }.
why_runner_up = Deuxième : { $title }, score { $score } ; le meilleur a { $margin } d’avance.
why_alone = Aucun autre article ne s’en approchait.
why_corpus = Demandé à { n-articles } (corpus { $digest }).

## Full passage

passage_heading = **Les passages complets**
passage_changed = L’article a changé depuis cette réponse : je ne peux montrer que ce qui a été cité.
passage_kept = L’article a changé depuis cette réponse. Voici le passage tel qu’il était alors.
passage_withdrawn = Cet article a été retiré : son texte n’est plus montré.

## Refusals

empty_question = Il n’y a rien à chercher là-dedans. Posez la question avec des mots, par exemple : `/demander question: quand le contrat a-t-il été signé ?`
too_long = Cette question compte { $chars } caractères, et la limite est de { $limit }. Posez-la en une ou deux phrases.
cooldown = Attendez { n-seconds } avant votre prochaine question.
cooldown_server = Beaucoup de questions sont posées sur ce serveur en ce moment. Attendez { n-seconds }.
out_of_scope_server = Je ne réponds que sur mon serveur d’attache, et celui-ci en est un autre.
out_of_scope_direct = Je ne réponds que dans les salons de mon serveur d’attache, pas en message privé.
role_needed = Sur ce serveur, seules les personnes ayant certains rôles peuvent m’interroger.
blocked = Les modérateurs de ce serveur ont décidé que vous ne pouvez pas m’interroger ici.
within_unknown = Aucun article ni aucune collection ne s’appelle { $name }.
within_nearest = Vouliez-vous dire : { $names } ?
no_text = Ce message ne contient pas de texte que je puisse chercher.
unrecorded = Désolé, je ne peux pas répondre maintenant : chaque réponse est enregistrée avant d’être montrée, et l’enregistrement n’a pas pu être écrit. Les responsables de ce bot en trouvent la raison dans son journal. Réessayez plus tard.
broken = Désolé, quelque chose s’est cassé de mon côté. Les responsables de ce bot en trouvent la raison dans son journal.
outdated_command = Cette commande a changé depuis que Discord l’a affichée. Redémarrez Discord (Ctrl+R sur un ordinateur) et réessayez.
not_moderator = Ceci est réservé aux modérateurs du serveur qui s’occupe des articles : ceux qui y ont Gérer le serveur, ou un rôle nommé par l’opérateur du bot.
not_manager = Ceci est réservé aux personnes qui ont Gérer le serveur ici, ou un rôle nommé par l’opérateur du bot.
home_unset = Aucun serveur ne s’occupe encore des articles. Pour que ce soit celui-ci, l’opérateur du bot ajoute cette ligne à son fichier `.env` et le redémarre :

## Help and privacy

short_help = Bonjour ! Je réponds à partir d’une collection d’articles, mot pour mot et avec les sources. Mentionnez-moi avec votre question, ou tapez `/demander`. `/aide` en dit plus.
help_what = **Ce que je suis.** Je réponds à partir de { n-articles }. Je cherche les phrases qui conviennent le mieux et je les cite mot pour mot, avec leur source. Je n’écris rien de moi-même : ce que les articles ne disent pas, je ne le dis pas non plus.
help_ask = **Comment demander.** `/demander question: quand le contrat a-t-il été signé ?` (avec `privé: True` vous seul voyez la réponse, avec `dans` je cherche dans un seul article ou une collection), ou mentionnez-moi dans un salon avec votre question, ou répondez à une de mes réponses. Sur le message de quelqu’un : Applications → Trouver la réponse. Les noms et les choses font de bonnes questions.
help_check = **Comment vérifier.** Chaque citation porte un numéro, qui mène à l’original s’il y en a un, avec le paragraphe et la ligne où elle se trouve. Le numéro sous une réponse, comme #12, est celui de son enregistrement : donnez-le si vous interrogez un modérateur sur une réponse.
help_store = **Ce que je conserve.** Chaque question avec sa réponse, qui a demandé, où et quand. `/confidentialité voir` en dit plus.
privacy_stored = **Ce que je conserve.** Pour chaque question : son texte, votre identifiant Discord, ceux du serveur et du salon, l’heure, les citations données et comment je les ai choisies ; pour ce que je refuse, la même chose avec la raison ; et vos votes. Cela sert à pouvoir vérifier chaque réponse plus tard, sur la machine des responsables de ce bot.
privacy_not = **Ce que je ne conserve pas.** Je ne lis que les messages qui me mentionnent, me répondent, me sont envoyés directement ou que quelqu’un me confie par Trouver la réponse, et, là où les modérateurs l’ont activé, les nouveaux messages des salons qu’ils ont nommés ; de ceux-là je ne garde que ceux auxquels je réponds. Je ne garde ni noms, ni autres messages, ni fichiers envoyés par les membres ; je n’envoie rien à d’autres services et n’entraîne rien avec.
privacy_days = { $days ->
    [one] **Combien de temps.** Après { $days } jour, ce qui dit qui vous êtes et ce que vous avez demandé est effacé. Le reste d’un enregistrement (quand une question a été posée sur quel serveur, et quel article a été cité) demeure.
   *[other] **Combien de temps.** Après { $days } jours, ce qui dit qui vous êtes et ce que vous avez demandé est effacé. Le reste d’un enregistrement (quand une question a été posée sur quel serveur, et quel article a été cité) demeure.
}
privacy_forever = **Combien de temps.** Jusqu’à ce que vous ou les responsables de ce bot l’effaciez.
privacy_rights = **Ce que vous pouvez faire.** `/confidentialité exporter` vous remet ce qui est conservé sur vous, en fichier. `/confidentialité effacer` l’efface aussitôt.
privacy_button_export = Mes enregistrements en fichier
privacy_button_delete = Effacer mes enregistrements
privacy_exported = { $records ->
    [one] Voici { $records } enregistrement qui vous nomme.
   *[other] Voici les { $records } enregistrements qui vous nomment, le plus ancien d’abord.
}
privacy_export_cut = Un fichier sur Discord ne peut contenir que les { $records } enregistrements les plus récents. Demandez les plus anciens aux responsables de ce bot.
privacy_nothing = Aucun enregistrement ne vous nomme.
privacy_confirm = **Effacer vos enregistrements ?** Tout ce qui dit qui vous êtes et ce que vous avez demandé en est retiré : vos questions, les citations reçues et pourquoi elles ont été choisies. C’est définitif. Ce que j’ai publié dans des salons y reste tant qu’on ne l’efface pas sur Discord.
privacy_confirmed = Les effacer
privacy_kept = Rien n’a été effacé.
privacy_deleted = { $records ->
    [one] **Effacé** de { $records } enregistrement.
   *[other] **Effacé** de { $records } enregistrements.
}
privacy_traces = Quelqu’un lit les enregistrements en ce moment : des traces peuvent rester sur le disque jusqu’au prochain effacement.
not_done = Cela n’a pas pu être fait ; le journal du bot en donne la raison.

## The state of the corpus

presence = Réponses tirées de { n-articles }
presence_paused = En pause : le registre d’audit ne peut être écrit
corpus_size = **Corpus :** { n-articles } en { n-passages }
index_size = **Index :** { $postings } entrées en { $megabytes } Mo, construit en { $ms } ms
corpus_digest = **Empreinte :** { $digest }
loaded_at = **Chargé :** { $time }
store_writable = **Registre d’audit :** peut être écrit
store_broken = **Registre d’audit :** ne peut être écrit, aucune question ne reçoit donc de réponse. Le journal du bot en donne la raison ; regardez d’abord le disque.
version = **Version :** { $version }
articles_page = **{ n-articles }**, page { $page } sur { $pages }

## Reloads

progress = Lecture des articles : { $percent } %
reloaded = **Rechargé** en { $seconds } s.
preview = **Aperçu :** rien n’est encore changé.
not_reloaded = **Non rechargé :** { $reason }.
too_few_left = il ne reste que { $left } articles sur { $before } : remettez les autres, ou forcez le rechargement s’ils doivent partir
left_behind = il manque au dossier de cette machine ce qu’un autre processus a modifié (modifications : { $count }) : copiez ici le dossier de l’autre machine, ou forcez le rechargement pour annuler ces modifications
golden_fail = des questions témoins qui passaient échouent maintenant : corrigez les articles ou les questions, ou forcez
articles_unchanged = Les articles utilisés sont les mêmes qu’avant.
already_reloading = Un rechargement est déjà en cours. Attendez son rapport.
reload_failed = **Non rechargé :** soit l’enregistrement du rechargement n’a pu être écrit, soit quelque chose s’est cassé de mon côté. Le journal du bot en donne la raison. Les articles utilisés sont les mêmes qu’avant.
reload_counts = { n-articles } en { n-passages } : { $added } ajoutés, { $changed } modifiés, { $removed } retirés.
golden = Questions témoins réussies : { $before } sur { $before_all } avant, { $after } sur { $after_all } maintenant.
golden_lost = **Questions témoins qui passaient et échouent maintenant :**
golden_gone = **Questions témoins dont les articles ont tous disparu :**
golden_changed = **Questions témoins dont la réponse change :**
golden_same = Aucune question témoin ne reçoit une autre réponse.
added = **Ajoutés :**
changed = **Modifiés :**
removed = **Retirés :**
problems = **Problèmes :** { $left_out } écartés, { $kept } gardés en partie
problem = { $path } : { $message }
problem_line = { $path }, ligne { $line } : { $message }
and_more = et { $count } de plus

## Adding and removing articles

edit_add = **À ajouter :** { $path }
edit_remove = **À retirer :** { $path }
edit_undo = **À annuler :** le dernier changement, qui portait sur { $path }
edit_added = **Ajouté :** { $path }
edit_removed = **Retiré :** { $path }
edit_undone = **Annulé :** le changement de { $path }
edit_refused = **Non effectué :** { $reason }.
edit_confirm_add = Ajouter
edit_confirm_remove = Retirer
edit_confirm_undo = Revenir en arrière
edit_cancel = Annuler
edit_cancelled = Rien n’a été changé.
edit_expired = Ceci n’attend plus de confirmation : c’est fait, annulé, ou vieux de plus d’un jour.
edit_bad_name = { $name } ne peut être le nom d’un article : utilisez lettres, chiffres, espaces, traits d’union et points, sans dossier, sans point ni tiret bas au début
edit_reserved = { $name } est un nom que le corpus réserve à autre chose : renommez le fichier
edit_bad_format = { $name } n’est pas d’un format que je lis : il doit finir par .md, .txt, .html ou .jsonl
edit_too_large = { $name } dépasse { $mib } Mio : divisez-le
edit_exists = il y a déjà un fichier { $path } : retirez-le d’abord, ou prenez un autre nom
edit_duplicate = l’identifiant { $id } est pris par { $path } : renommez l’un des deux
edit_nothing = rien n’y est utilisable
edit_download = Discord ne m’a pas remis le fichier : envoyez-le à nouveau
edit_unknown = il n’y a pas d’article { $name }
edit_none = il n’y a aucun changement à annuler
edit_conflict = { $path } a été changé entre-temps par quelqu’un d’autre, rien n’a donc été touché
edit_failed = le fichier n’a pas pu être écrit : le journal du bot en donne la raison
paste_title = Ajouter un article
paste_name = Titre
paste_publisher = Éditeur (facultatif)
paste_url = Adresse de l’original (facultative)
paste_text = Texte

## Settings of a server

settings = **Réglages de ce serveur**
settings_saved = **Enregistré.**
settings_failed = Impossible d’enregistrer ; le journal du bot en donne la raison. Rien n’a été changé.
settings_language = Langue : { $language }
settings_language_own = celle de chacun
settings_private = Réponses à `/demander` visibles du seul demandeur : { $value }
settings_cooldown = Secondes entre deux questions d’une personne : { $seconds } ; de tout le serveur : { $server }
settings_confidence = Pas de réponse sous une confiance de { $percent } %
settings_channels = Salons où je réponds aux nouveaux messages : { $channels }
settings_roles = Rôles qui peuvent demander : { $roles }
settings_blocked = Personnes qui ne peuvent pas demander : { $people }
settings_everyone = tous
settings_none = aucun
settings_yes = oui
settings_no = non
settings_content_off = Je ne peux lire les nouveaux messages que si l’opérateur du bot a mis `MESSAGE_CONTENT=on`.
settings_full = Un serveur peut en nommer { $max } au plus. Retirez-en un d’abord.

## Reading the records

audit_outcome = { $outcome ->
    [found] répondu
    [hedged] répondu sans certitude
    [not_found] sans réponse
    [refused] refusé
    [swapped] articles rechargés
    [kept] rechargement refusé
    [delivered] remis
    [failed] non remis
    [helpful] vote : utile
    [not_helpful] vote : pas utile
    [filed] signalé aux modérateurs
    [set] réglage changé
    [changed] articles changés
    [migrated] base mise à jour
    [erased] effacé
   *[other] { $outcome }
}
audit_recent = **Les enregistrements les plus récents**
audit_unanswered = **Les questions les plus récentes sans réponse**
audit_search = **Les questions les plus récentes avec ces mots :** { $words }
audit_none = Il n’y a pas de tel enregistrement ici.
audit_record = **Enregistrement #{ $record } :** { $outcome }
audit_at = **Quand :** { $time }
audit_asker = **Qui et où :** { $place }
audit_confidence = **Confiance :** { $percent } %
audit_refused = **Ce qui était voulu :** { $action }
audit_of = **Sur l’enregistrement** #{ $record }
audit_detail = **Détails :** { $detail }
audit_votes = **Votes :** { $helpful } utile, { $unhelpful } pas utile
audit_delivered = **Remis :** { $message }
audit_undelivered = **Non remis :** { $error }
audit_program = **Programme :** footnote { $version }
audit_erased = Ce qui disait qui a demandé, et quoi, a été effacé de cet enregistrement. Le reste demeure.
audit_failed = Les enregistrements n’ont pas pu être lus ; le journal du bot en donne la raison.
audit_exported = { $records ->
    [one] { $records } enregistrement.
   *[other] { $records } enregistrements, le plus ancien d’abord.
}
audit_export_cut = Un fichier sur Discord ne peut contenir que les { $records } enregistrements les plus récents : ceux d’avant #{ $first } manquent. Indiquez moins de jours, ou demandez au responsable du bot d’utiliser `footnote audit export`.
audit_head = **Fin de la chaîne d’audit :** { $head }
audit_head_posted = Publiée dans { $channel }.
audit_head_unset = Aucun salon n’est prévu pour la publier : le responsable du bot définit `AUDIT_CHANNEL_ID`.
audit_head_failed = Elle n’a pas pu être publiée : le salon de `AUDIT_CHANNEL_ID` doit être sur un serveur d’attache, et je dois pouvoir le voir et y écrire. Le journal du bot en donne la raison.
audit_head_public = **Fin de la chaîne d’audit :** { $head }
    Gardez ce message. Avec `footnote audit verify --head` et ce qui est écrit ici, on peut montrer qu’aucun enregistrement jusqu’à celui-ci n’a été changé, retiré ou coupé depuis.
button_older = Plus anciens

## Commands

cmd-ask =
    .name = demander
    .description = Posez une question : la réponse est citée des articles, avec ses sources
    .question = question
    .question-is = Votre question, en une ou deux phrases
    .in = dans
    .in-is = Ne chercher que dans un article ou une collection
    .private = privé
    .private-is = Ne montrer la réponse qu’à moi
cmd-find =
    .name = Trouver la réponse
cmd-help =
    .name = aide
    .description = Ce qu’est ce bot, comment demander, ce qu’il conserve
cmd-privacy =
    .name = confidentialité
    .description = Ce que ce bot conserve sur vous, en fichier si vous voulez, et comment l’effacer
cmd-privacy-show =
    .name = voir
    .description = Ce que ce bot conserve sur vous, ce qu’il ne conserve pas, et combien de temps
cmd-privacy-export =
    .name = exporter
    .description = Ce qui est conservé sur vous, en fichier
cmd-privacy-delete =
    .name = effacer
    .description = Effacer ce qui est conservé sur vous
cmd-audit =
    .name = audit
    .description = Lire ce qui a été demandé et répondu sur ce serveur
cmd-audit-recent =
    .name = récents
    .description = Les enregistrements les plus récents
    .unanswered = sans-réponse
    .unanswered-is = Seulement les questions restées sans réponse
cmd-audit-show =
    .name = voir
    .description = Tout ce que contient un enregistrement
    .record = enregistrement
    .record-is = Le numéro sous la réponse, par exemple 12
cmd-audit-search =
    .name = chercher
    .description = Les questions où se trouvent tous ces mots
    .words = mots
    .words-is = Dans n’importe quel ordre
    .unanswered = sans-réponse
    .unanswered-is = Seulement les questions restées sans réponse
cmd-audit-export =
    .name = exporter
    .description = Les enregistrements en fichier
    .form = format
    .form-is = Le JSON par lignes contient tout ; le CSV est pour un tableur
    .days = jours
    .days-is = Seulement ceux des derniers jours ; sans cela, tous
cmd-audit-head =
    .name = fin
    .description = La fin de la chaîne d’audit, publiée là où nul ne la change
cmd-corpus =
    .name = corpus
    .description = S’occuper des articles
cmd-corpus-reload =
    .name = recharger
    .description = Relire les articles, les vérifier, et les utiliser si rien n’est perdu
    .force = forcer
    .force-is = Les utiliser même si la plupart manquent ou si une question témoin échoue
    .preview = aperçu
    .preview-is = Montrer seulement ce qui changerait
cmd-corpus-status =
    .name = état
    .description = Combien d’articles, quand ils ont été chargés, si l’on peut enregistrer
cmd-corpus-articles =
    .name = articles
    .description = Lister les articles
    .page = page
    .page-is = Quelle page de la liste
cmd-corpus-add =
    .name = ajouter
    .description = Ajouter un article : un fichier, ou un texte que vous collez
    .file = fichier
    .file-is = Un fichier .md, .txt, .html ou .jsonl ; sans lui, on colle un texte
    .folder = dossier
    .folder-is = La collection à laquelle il appartient
cmd-corpus-remove =
    .name = retirer
    .description = Retirer un article
    .article = article
    .article-is = Lequel
cmd-corpus-undo =
    .name = annuler
    .description = Annuler le dernier ajout ou retrait
cmd-settings =
    .name = réglages
    .description = Comment le bot se comporte sur ce serveur
cmd-settings-show =
    .name = afficher
    .description = Afficher les réglages
cmd-settings-language =
    .name = langue
    .description = La langue que je parle sur ce serveur
    .language = langue
    .language-is = À omettre pour celle de chacun
cmd-settings-private =
    .name = privé
    .description = Si les réponses ne sont montrées qu’au demandeur, sauf demande contraire
    .value = valeur
    .value-is = True : au demandeur seul
cmd-settings-cooldown =
    .name = attente
    .description = Combien attendre entre deux questions
    .person = personne
    .person-is = Secondes entre deux questions d’une personne
    .server = serveur
    .server-is = Secondes entre deux questions sur tout le serveur
cmd-settings-confidence =
    .name = confiance
    .description = À quel point je dois être sûr pour répondre
    .percent = pourcentage
    .percent-is = Pas de réponse en dessous ; à omettre pour la valeur habituelle
cmd-settings-channel =
    .name = salon
    .description = Répondre de moi-même aux nouveaux messages d’un salon ou forum
    .channel = salon
    .channel-is = Quel salon ou forum
    .answer = répondre
    .answer-is = True pour y répondre, False pour arrêter
cmd-settings-role =
    .name = rôle
    .description = Qui peut demander : sans rôle nommé, tous
    .role = rôle
    .role-is = Quel rôle
    .allow = permettre
    .allow-is = True pour le permettre, False pour le retirer
cmd-settings-block =
    .name = bloquer
    .description = Empêcher une personne de demander
    .person = personne
    .person-is = Qui
    .block = bloquer
    .block-is = True pour bloquer, False pour permettre à nouveau
