# Español

n-articles = { $articles ->
    [one] 1 artículo
   *[other] { $articles } artículos
}
n-passages = { $passages ->
    [one] 1 pasaje
   *[other] { $passages } pasajes
}
n-seconds = { $seconds ->
    [one] 1 segundo
   *[other] { $seconds } segundos
}

## Answers

question = **Pregunta:** { $question }
hedge = { $quotes ->
    [one] No estoy seguro de que esto responda. El pasaje más cercano:
   *[other] No estoy seguro de que esto responda. Los pasajes más cercanos:
}
quote = «{ $quote }»
place_line = párrafo { $paragraph }, línea { $line } de { $path }
place_lines = párrafo { $paragraph }, líneas { $first }–{ $last } de { $path }
expansion = { $looked_for } (por { $asked })
expansions = También busqué: { $words }.
unmatched = Ningún artículo menciona: { $words }.
differing = Los artículos dan cifras distintas: compare [1] con { $quotes }.
carried = De la pregunta anterior añadí: { $words }.
within = **Solo en:** { $name }
quotes_left_out = { $count ->
    [one] Un pasaje más no cupo aquí.
   *[other] { $count } pasajes más no cupieron aquí.
}
only_common_words = En esta pregunta no hay nada que yo pueda buscar: todas sus palabras son muy comunes. Añade un nombre, un lugar o una cosa.
nothing_found = No encontré nada en los artículos para esta pregunta.
other_words = Prueba con otras palabras u otra ortografía.
low_confidence = No encontré respuesta a esto en los artículos.
nearest_articles = Los artículos más cercanos:
footer = #{ $record } · { n-articles }
original = original
further = Más pasajes, página { $page }:
no_further = No hay más pasajes para esta pregunta.

## Buttons under answers

button_more = Más pasajes
button_why = ¿Por qué esta respuesta?
button_passage = Pasaje completo
button_helpful = Útil
button_unhelpful = No útil
button_show = Mostrar a todos
button_delete = Borrar
button_follow = Seguir preguntando
button_source = Fuente { $number }
button_gap = Avisar a los moderadores
button_previous = Anterior
button_next = Siguiente
follow_title = Seguir preguntando
follow_label = Tu siguiente pregunta
follow_hint = ¿Qué más quieres saber sobre esto?
voted_helpful = Anotado: útil. ¡Gracias! Pulsa el otro botón si cambias de opinión.
voted_unhelpful = Anotado: no útil. ¡Gracias! Pulsa el otro botón si cambias de opinión.
gap_told = Gracias. Los moderadores verán esta pregunta entre las que los artículos no responden.
gap_told_before = Ya habías avisado a los moderadores de esta pregunta. Gracias.
record_gone = El registro de esa respuesta ya no existe, así que este botón no puede hacer nada. Vuelve a preguntar.
question_gone = Ese registro se borró, así que este botón ya no puede hacer nada.
button_unknown = Ya no conozco este botón. Vuelve a preguntar.
not_yours = Esa respuesta es solo para otra persona.
delete_not_yours = Solo quien preguntó y los moderadores pueden borrar esta respuesta.
show_failed = No puedo mostrar esta respuesta a todos aquí.

## Why this answer?

why = **¿Por qué esta respuesta?** (#{ $record })
why_confidence = Confianza: { $percent } %. Por debajo del { $floor } % no respondo; por debajo del 50 % digo que no estoy seguro.
why_quote = Cita [{ $number }], de { $title }
why_words = Las palabras de tu pregunta, con su peso y dónde aparecen:
why_found = { $word }: { $percent } %, en las frases citadas
why_part = { $word }: { $percent } %, en parte ({ $found } %)
why_missing = { $word }: { $percent } %, no en las frases citadas
why_score = Puntuación: { $score }. La de su artículo: { $article }.
why_runner_up = Segundo: { $title }, puntuación { $score }; el mejor le lleva { $margin }.
why_alone = Ningún otro artículo se acercó.
why_corpus = Preguntado a { n-articles } (corpus { $digest }).

## Full passage

passage_heading = **Los pasajes completos**
passage_changed = El artículo ha cambiado desde esta respuesta, así que solo puedo mostrar lo que se citó.
passage_kept = El artículo ha cambiado desde esta respuesta. Así era el pasaje entonces.
passage_withdrawn = Este artículo fue retirado, así que su texto ya no se muestra.

## Refusals

empty_question = Ahí no hay nada que buscar. Pregunta con palabras, por ejemplo: `/preguntar pregunta: ¿cuándo se firmó el contrato?`
too_long = Esa pregunta tiene { $chars } caracteres y el límite es { $limit }. Hazla en una o dos frases.
cooldown = Espera { n-seconds } antes de tu siguiente pregunta.
cooldown_server = Ahora mismo se hacen muchas preguntas en este servidor. Espera { n-seconds }.
out_of_scope_server = Solo respondo preguntas en mi servidor de origen, y este es otro.
out_of_scope_direct = Solo respondo preguntas en los canales de mi servidor de origen, no en mensajes directos.
role_needed = En este servidor solo pueden preguntarme personas con ciertos roles.
blocked = Los moderadores de este servidor han decidido que no puedes preguntarme aquí.
within_unknown = No hay ningún artículo ni colección que se llame { $name }.
within_nearest = ¿Querías decir: { $names }?
no_text = En ese mensaje no hay texto que yo pueda buscar.
unrecorded = Lo siento, ahora no puedo responder: cada respuesta se registra antes de mostrarse, y el registro no se pudo escribir. Quienes operan este bot encuentran el motivo en su log. Vuelve a preguntar más tarde.
broken = Lo siento, algo falló por mi parte. Quienes operan este bot encuentran el motivo en su log.
outdated_command = Este comando ha cambiado desde que Discord lo mostró por última vez. Reinicia Discord (Ctrl+R en un ordenador) e inténtalo de nuevo.
not_moderator = Esto es para moderadores del servidor que cuida los artículos: personas con Gestionar servidor allí, o con un rol que nombró el operador del bot.
not_manager = Esto es para personas con Gestionar servidor en este servidor, o con un rol que nombró el operador del bot.
home_unset = Ningún servidor cuida aún los artículos. Para que sea este, quien opera el bot añade esta línea a su archivo `.env` y lo reinicia:

## Help and privacy

short_help = ¡Hola! Respondo preguntas con una colección de artículos, palabra por palabra y con fuentes. Mencióname junto con tu pregunta, o escribe `/preguntar`. `/ayuda` explica más.
help_what = **Qué soy.** Respondo preguntas con { n-articles }. Busco las frases que mejor encajan y las cito palabra por palabra, con su fuente. No escribo nada mío: lo que los artículos no dicen, yo tampoco.
help_ask = **Cómo preguntar.** `/preguntar pregunta: ¿cuándo se firmó el contrato?` (con `privado: True` solo tú ves la respuesta; con `en` busco en un solo artículo o colección), o mencióname en un canal junto con tu pregunta, o contesta a una respuesta mía. En el mensaje de otra persona: Aplicaciones → Buscar la respuesta. Los nombres y las cosas hacen buenas preguntas.
help_check = **Cómo comprobar.** Cada cita tiene un número, que enlaza al original si lo hay, y el párrafo y la línea donde está. El número bajo una respuesta, como #12, es el de su registro: dilo cuando preguntes a un moderador por una respuesta.
help_store = **Qué guardo.** Cada pregunta con su respuesta, quién preguntó, dónde y cuándo. `/privacidad ver` explica más.
privacy_stored = **Qué guardo.** De cada pregunta: su texto, tu id de Discord, los ids del servidor y del canal, la hora, las citas que di y cómo las elegí; de lo que rechazo, lo mismo con el motivo; y los votos que das. Se guarda para poder comprobar después cada respuesta, en la máquina de quienes operan este bot.
privacy_not = **Qué no.** No leo más mensajes que los que me mencionan, me contestan, me llegan directamente o alguien me entrega con Buscar la respuesta, y, donde los moderadores lo hayan activado, las publicaciones nuevas en los canales que nombraron; de esas solo guardo las que respondo. No guardo nombres, ni otros mensajes, ni archivos que envíen los miembros; no envío nada a otros servicios ni entreno nada con ello.
privacy_days = { $days ->
    [one] **Por cuánto tiempo.** Tras 1 día se borra lo que dice quién eres y qué preguntaste. El resto de un registro (cuándo se preguntó en qué servidor y qué artículo se citó) queda.
   *[other] **Por cuánto tiempo.** Tras { $days } días se borra lo que dice quién eres y qué preguntaste. El resto de un registro (cuándo se preguntó en qué servidor y qué artículo se citó) queda.
}
privacy_forever = **Por cuánto tiempo.** Hasta que lo borres tú o quienes operan este bot.
privacy_rights = **Qué puedes hacer.** `/privacidad exportar` te da en un archivo lo que se guarda sobre ti. `/privacidad borrar` lo borra al momento.
privacy_button_export = Mis registros en un archivo
privacy_button_delete = Borrar mis registros
privacy_exported = { $records ->
    [one] Este es el único registro que te nombra.
   *[other] Estos son los { $records } registros que te nombran, primero el más antiguo.
}
privacy_export_cut = En un archivo de Discord solo caben los { $records } registros más recientes. Pide los anteriores a quienes operan este bot.
privacy_nothing = Ningún registro te nombra.
privacy_confirm = **¿Borrar tus registros?** Se quita de ellos todo lo que dice quién eres y qué preguntaste: tus preguntas, las citas que recibiste y por qué se eligieron. No se puede deshacer. Lo que publiqué en canales queda allí hasta que se borre en Discord.
privacy_confirmed = Borrarlos
privacy_kept = No se borró nada.
privacy_deleted = { $records ->
    [one] **Borrado** de 1 registro.
   *[other] **Borrado** de { $records } registros.
}
privacy_traces = Alguien está leyendo los registros ahora mismo, así que pueden quedar restos en el disco hasta el próximo borrado.
not_done = No se pudo hacer; el log del bot tiene el motivo.

## The state of the corpus

presence = Respondo con { n-articles }
presence_paused = En pausa: no se puede escribir el registro de auditoría
corpus_size = **Corpus:** { n-articles } en { n-passages }
index_size = **Índice:** { $postings } entradas en { $megabytes } MB, construido en { $ms } ms
corpus_digest = **Huella:** { $digest }
loaded_at = **Cargado:** { $time }
store_writable = **Registro de auditoría:** se puede escribir
store_broken = **Registro de auditoría:** no se puede escribir, así que no se responde ninguna pregunta. El log del bot tiene el motivo; mira primero el disco.
version = **Versión:** { $version }
articles_page = **{ n-articles }**, página { $page } de { $pages }

## Reloads

progress = Leyendo los artículos: { $percent } %
reloaded = **Recargado** en { $seconds } s.
preview = **Vista previa:** aún no se ha cambiado nada.
not_reloaded = **No recargado:** { $reason }.
too_few_left = solo quedan { $left } de { $before } artículos: repón los demás, o fuerza la recarga si deben irse
left_behind = a la carpeta de esta máquina le falta lo que otro proceso cambió (cambios: { $count }): copia aquí la carpeta de la otra máquina, o fuerza la recarga para deshacer esos cambios
golden_fail = preguntas de control que pasaban ahora fallan: corrige los artículos o las preguntas, o fuérzalo
articles_unchanged = Los artículos en uso son los mismos que antes.
already_reloading = Ya hay una recarga en curso. Espera su informe.
reload_failed = **No recargado:** o no se pudo escribir el registro de la recarga, o algo falló por mi parte. El log del bot tiene el motivo. Los artículos en uso son los mismos que antes.
reload_counts = { n-articles } en { n-passages }: { $added } añadidos, { $changed } cambiados, { $removed } quitados.
golden = Preguntas de control superadas: { $before } de { $before_all } antes, { $after } de { $after_all } ahora.
golden_lost = **Preguntas de control que pasaban y ahora fallan:**
golden_gone = **Preguntas de control cuyos artículos ya no están:**
golden_changed = **Preguntas de control cuya respuesta cambia:**
golden_same = Ninguna pregunta de control recibe otra respuesta.
added = **Añadidos:**
changed = **Cambiados:**
removed = **Quitados:**
problems = **Problemas:** { $left_out } omitidos, { $kept } conservados en parte
problem = { $path }: { $message }
problem_line = { $path }, línea { $line }: { $message }
and_more = y { $count } más

## Adding and removing articles

edit_add = **Se añadirá:** { $path }
edit_remove = **Se quitará:** { $path }
edit_undo = **Se deshará:** el último cambio, que fue en { $path }
edit_added = **Añadido:** { $path }
edit_removed = **Quitado:** { $path }
edit_undone = **Deshecho:** el cambio de { $path }
edit_refused = **No se hizo:** { $reason }.
edit_confirm_add = Añadir
edit_confirm_remove = Quitar
edit_confirm_undo = Deshacer
edit_cancel = Cancelar
edit_cancelled = No se cambió nada.
edit_expired = Esto ya no espera confirmación: se hizo, se canceló o tiene más de un día.
edit_bad_name = { $name } no puede ser el nombre de un artículo: usa letras, cifras, espacios, guiones y puntos, sin carpetas, y no empieces con punto ni guion bajo
edit_reserved = { $name } es un nombre que el corpus reserva para otra cosa: cambia el nombre del archivo
edit_bad_format = { $name } no tiene un formato que yo lea: debe terminar en .md, .txt, .html o .jsonl
edit_too_large = { $name } pesa más de { $mib } MiB: divídelo
edit_exists = ya hay un archivo { $path }: quítalo primero o usa otro nombre
edit_duplicate = el id { $id } ya lo tiene { $path }: cambia uno de los dos
edit_nothing = no hay nada utilizable en él
edit_download = Discord no me entregó el archivo: envíalo otra vez
edit_unknown = no hay ningún artículo { $name }
edit_none = no hay ningún cambio que deshacer
edit_conflict = alguien cambió { $path } mientras tanto, así que no se tocó nada
edit_failed = el archivo no se pudo escribir: el log del bot tiene el motivo
paste_title = Añadir un artículo
paste_name = Título
paste_publisher = Medio (puede quedar vacío)
paste_url = Dirección del original (puede quedar vacía)
paste_text = Texto

## Settings of a server

settings = **Ajustes de este servidor**
settings_saved = **Guardado.**
settings_failed = No se pudo guardar; el log del bot tiene el motivo. No se cambió nada.
settings_language = Idioma: { $language }
settings_language_own = el de cada persona
settings_private = Respuestas a `/preguntar` visibles solo para quien pregunta: { $value }
settings_cooldown = Segundos entre dos preguntas de una persona: { $seconds }; de todo el servidor: { $server }
settings_confidence = Sin respuesta por debajo de una confianza del { $percent } %
settings_channels = Canales en los que respondo publicaciones nuevas: { $channels }
settings_roles = Roles que pueden preguntar: { $roles }
settings_blocked = Personas que no pueden preguntar: { $people }
settings_everyone = todos
settings_none = ninguno
settings_yes = sí
settings_no = no
settings_content_off = Solo puedo leer publicaciones nuevas cuando quien opera el bot haya puesto `MESSAGE_CONTENT=on`.
settings_full = Un servidor puede nombrar como mucho { $max } de estos. Quita uno primero.

## Reading the records

audit_outcome = { $outcome ->
    [found] respondida
    [hedged] respondida sin seguridad
    [not_found] sin respuesta
    [refused] rechazada
    [swapped] artículos recargados
    [kept] recarga rechazada
    [delivered] entregada
    [failed] no entregada
    [helpful] voto: útil
    [not_helpful] voto: no útil
    [filed] avisada a los moderadores
    [set] ajuste cambiado
    [changed] artículos cambiados
    [migrated] almacén actualizado
    [erased] borrado
   *[other] { $outcome }
}
audit_recent = **Los registros más recientes**
audit_unanswered = **Las preguntas más recientes sin respuesta**
audit_search = **Las preguntas más recientes con estas palabras:** { $words }
audit_none = Aquí no hay tal registro.
audit_record = **Registro #{ $record }:** { $outcome }
audit_at = **Cuándo:** { $time }
audit_asker = **Quién y dónde:** { $place }
audit_confidence = **Confianza:** { $percent } %
audit_refused = **Qué se quería:** { $action }
audit_of = **Sobre el registro** #{ $record }
audit_detail = **Detalles:** { $detail }
audit_votes = **Votos:** { $helpful } útil, { $unhelpful } no útil
audit_delivered = **Entregada:** { $message }
audit_undelivered = **No entregada:** { $error }
audit_program = **Programa:** footnote { $version }
audit_erased = Quién preguntó y qué se borró de este registro. El resto queda.
audit_failed = No se pudieron leer los registros; el log del bot tiene el motivo.
audit_exported = { $records ->
    [one] 1 registro.
   *[other] { $records } registros, primero el más antiguo.
}
audit_export_cut = En un archivo de Discord solo caben los { $records } registros más recientes: faltan los anteriores a #{ $first }. Indica menos días, o pide a quien opera el bot que use `footnote audit export`.
audit_head = **Final de la cadena de auditoría:** { $head }
audit_head_posted = Publicado en { $channel }.
audit_head_unset = No hay canal donde publicarlo: quien opera el bot define `AUDIT_CHANNEL_ID`.
audit_head_failed = No se pudo publicar: el canal de `AUDIT_CHANNEL_ID` debe estar en un servidor propio, y debo poder verlo y escribir en él. El log del bot tiene el motivo.
audit_head_public = **Final de la cadena de auditoría:** { $head }
    Guardad este mensaje. Con `footnote audit verify --head` y lo que dice aquí se puede mostrar que ningún registro hasta este fue cambiado, quitado o cortado desde entonces.
button_older = Anteriores

## Commands

cmd-ask =
    .name = preguntar
    .description = Haz una pregunta: la respuesta se cita de los artículos, con sus fuentes
    .question = pregunta
    .question-is = Tu pregunta, en una o dos frases
    .in = en
    .in-is = Buscar solo en un artículo o colección
    .private = privado
    .private-is = Mostrarme la respuesta solo a mí
cmd-find =
    .name = Buscar la respuesta
cmd-help =
    .name = ayuda
    .description = Qué es este bot, cómo preguntar y qué guarda
cmd-privacy =
    .name = privacidad
    .description = Qué guarda este bot sobre ti, en un archivo si quieres, y cómo borrarlo
cmd-privacy-show =
    .name = ver
    .description = Qué guarda este bot sobre ti, qué no, y por cuánto tiempo
cmd-privacy-export =
    .name = exportar
    .description = Lo que se guarda sobre ti, en un archivo
cmd-privacy-delete =
    .name = borrar
    .description = Borrar lo que se guarda sobre ti
cmd-audit =
    .name = auditoría
    .description = Leer qué se preguntó y respondió en este servidor
cmd-audit-recent =
    .name = recientes
    .description = Los registros más recientes
    .unanswered = sin-respuesta
    .unanswered-is = Solo preguntas que no hallaron respuesta
cmd-audit-show =
    .name = ver
    .description = Todo lo que contiene un registro
    .record = registro
    .record-is = El número bajo la respuesta, como 12
cmd-audit-search =
    .name = buscar
    .description = Preguntas en las que están todas estas palabras
    .words = palabras
    .words-is = En cualquier orden
    .unanswered = sin-respuesta
    .unanswered-is = Solo preguntas que no hallaron respuesta
cmd-audit-export =
    .name = exportar
    .description = Los registros en un archivo
    .form = formato
    .form-is = JSON por líneas lo contiene todo; CSV es para una hoja de cálculo
    .days = días
    .days-is = Solo los de los últimos días; sin indicarlo, todos
cmd-audit-head =
    .name = final
    .description = El final de la cadena de auditoría, publicado donde nadie lo cambia
cmd-corpus =
    .name = corpus
    .description = Cuidar los artículos
cmd-corpus-reload =
    .name = recargar
    .description = Leer de nuevo los artículos, comprobarlos y usarlos si no se pierde nada
    .force = forzar
    .force-is = Usarlos aunque falten la mayoría o falle una pregunta de control
    .preview = vista-previa
    .preview-is = Mostrar solo lo que cambiaría
cmd-corpus-status =
    .name = estado
    .description = Cuántos artículos hay, cuándo se cargaron, si se pueden registrar respuestas
cmd-corpus-articles =
    .name = artículos
    .description = Lista de los artículos
    .page = página
    .page-is = Qué página de la lista
cmd-corpus-add =
    .name = añadir
    .description = Añadir un artículo: un archivo, o un texto que pegas
    .file = archivo
    .file-is = Un archivo .md, .txt, .html o .jsonl; sin él, se pega un texto
    .folder = carpeta
    .folder-is = La colección a la que pertenece
cmd-corpus-remove =
    .name = quitar
    .description = Quitar un artículo
    .article = artículo
    .article-is = Cuál
cmd-corpus-undo =
    .name = deshacer
    .description = Deshacer la última adición o eliminación
cmd-settings =
    .name = ajustes
    .description = Cómo se comporta el bot en este servidor
cmd-settings-show =
    .name = mostrar
    .description = Mostrar los ajustes
cmd-settings-language =
    .name = idioma
    .description = El idioma en que hablo en este servidor
    .language = idioma
    .language-is = Omítelo para el de cada persona
cmd-settings-private =
    .name = privado
    .description = Si las respuestas las ve solo quien pregunta, salvo que pida otra cosa
    .value = valor
    .value-is = True: solo quien pregunta
cmd-settings-cooldown =
    .name = espera
    .description = Cuánto esperar entre dos preguntas
    .person = persona
    .person-is = Segundos entre dos preguntas de una persona
    .server = servidor
    .server-is = Segundos entre dos preguntas en todo el servidor
cmd-settings-confidence =
    .name = confianza
    .description = Cuán seguro debo estar para responder
    .percent = porcentaje
    .percent-is = Sin respuesta por debajo; omítelo para el habitual
cmd-settings-channel =
    .name = canal
    .description = Responder por mí mismo publicaciones nuevas de un canal o foro
    .channel = canal
    .channel-is = Qué canal o foro
    .answer = responder
    .answer-is = True para responder allí, False para dejarlo
cmd-settings-role =
    .name = rol
    .description = Quién puede preguntar: sin ningún rol, todos
    .role = rol
    .role-is = Qué rol
    .allow = permitir
    .allow-is = True para permitirlo, False para retirarlo
cmd-settings-block =
    .name = bloquear
    .description = Impedir que una persona pregunte
    .person = persona
    .person-is = A quién
    .block = bloquear
    .block-is = True para bloquear, False para permitir de nuevo
