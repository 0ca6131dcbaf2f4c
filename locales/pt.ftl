# Português

n-articles = { $articles ->
    [one] { $articles } artigo
   *[other] { $articles } artigos
}
n-passages = { $passages ->
    [one] { $passages } trecho
   *[other] { $passages } trechos
}
n-seconds = { $seconds ->
    [one] { $seconds } segundo
   *[other] { $seconds } segundos
}

## Answers

question = **Pergunta:** { $question }
hedge = { $quotes ->
    [one] Não tenho certeza de que isto responda. O trecho mais próximo:
   *[other] Não tenho certeza de que isto responda. Os trechos mais próximos:
}
quote = “{ $quote }”
place_line = parágrafo { $paragraph }, linha { $line } de { $path }
place_lines = parágrafo { $paragraph }, linhas { $first }–{ $last } de { $path }
expansion = { $looked_for } (por { $asked })
expansions = Também procurei: { $words }.
unmatched = Nenhum artigo menciona: { $words }.
differing = Os artigos dão números diferentes: compare [1] com { $quotes }.
carried = Da pergunta anterior acrescentei: { $words }.
within = **Somente em:** { $name }
quotes_left_out = { $count ->
    [one] Mais um trecho não coube aqui.
   *[other] Mais { $count } trechos não couberam aqui.
}
only_common_words = Não há nada nesta pergunta que eu possa procurar: todas as palavras são muito comuns. Acrescente um nome, um lugar ou uma coisa.
nothing_found = Não encontrei nada nos artigos para esta pergunta.
other_words = Tente outras palavras ou outra grafia.
low_confidence = Não encontrei resposta para isto nos artigos.
nearest_articles = Os artigos mais próximos:
footer = #{ $record } · { n-articles }
original = original
further = Mais trechos, página { $page }:
no_further = Não há mais trechos para esta pergunta.

## Buttons under answers

button_more = Mais trechos
button_why = Por que esta resposta?
button_passage = Trecho completo
button_helpful = Útil
button_unhelpful = Não útil
button_show = Mostrar a todos
button_delete = Apagar
button_follow = Perguntar mais
button_source = Fonte { $number }
button_gap = Avisar os moderadores
button_previous = Anterior
button_next = Próxima
follow_title = Perguntar mais
follow_label = Sua próxima pergunta
follow_hint = O que mais você quer saber sobre isso?
voted_helpful = Anotado: útil. Obrigado! Aperte o outro botão se mudar de ideia.
voted_unhelpful = Anotado: não útil. Obrigado! Aperte o outro botão se mudar de ideia.
gap_told = Obrigado. Os moderadores encontram esta pergunta entre as que os artigos não respondem.
gap_told_before = Você já avisou os moderadores sobre esta pergunta. Obrigado.
record_gone = O registro dessa resposta não existe mais, por isso este botão não pode fazer nada. Pergunte de novo.
question_gone = Esse registro foi apagado, por isso este botão não pode fazer mais nada.
button_unknown = Não conheço mais este botão. Pergunte de novo.
not_yours = Essa resposta é só para outra pessoa.
delete_not_yours = Só quem perguntou e os moderadores podem apagar esta resposta.
show_failed = Não posso mostrar esta resposta a todos aqui.

## Why this answer?

why = **Por que esta resposta?** (#{ $record })
why_confidence = Confiança: { $percent } %. Abaixo de { $floor } % não respondo; abaixo de 50 % digo que não tenho certeza.
why_quote = Citação [{ $number }], de { $title }
why_words = As palavras da sua pergunta, com seu peso e onde estão:
why_found = { $word }: { $percent } %, nas frases citadas
why_part = { $word }: { $percent } %, em parte ({ $found } %)
why_missing = { $word }: { $percent } %, não nas frases citadas
why_score = Pontuação: { $score }. A do artigo: { $article }.
why_runner_up = Segundo: { $title }, pontuação { $score }; o melhor está { $margin } à frente.
why_alone = Nenhum outro artigo chegou perto.
why_corpus = Perguntado a { n-articles } (corpus { $digest }).

## Full passage

passage_heading = **Os trechos completos**
passage_changed = O artigo mudou desde esta resposta, por isso só posso mostrar o que foi citado.
passage_kept = O artigo mudou desde esta resposta. Este é o trecho como era na época.
passage_withdrawn = Este artigo foi retirado, por isso o texto dele não é mais mostrado.

## Refusals

empty_question = Não há nada aí para procurar. Pergunte com palavras, por exemplo: `/perguntar pergunta: quando o contrato foi assinado?`
too_long = Essa pergunta tem { $chars } caracteres, e o limite é { $limit }. Faça-a em uma ou duas frases.
cooldown = Espere { n-seconds } antes da próxima pergunta.
cooldown_server = Há muitas perguntas neste servidor agora. Espere { n-seconds }.
out_of_scope_server = Só respondo perguntas no meu servidor de origem, e este é outro.
out_of_scope_direct = Só respondo perguntas nos canais do meu servidor de origem, não em mensagens diretas.
role_needed = Neste servidor só pessoas com certos cargos podem me perguntar.
blocked = Os moderadores deste servidor decidiram que você não pode me perguntar aqui.
within_unknown = Não há artigo nem coleção com o nome { $name }.
within_nearest = Você quis dizer: { $names }?
no_text = Não há texto nessa mensagem que eu possa procurar.
unrecorded = Desculpe, não posso responder agora: cada resposta é registrada antes de ser mostrada, e o registro não pôde ser gravado. Quem opera este bot encontra o motivo no log. Pergunte de novo mais tarde.
broken = Desculpe, algo quebrou do meu lado. Quem opera este bot encontra o motivo no log.
outdated_command = Este comando mudou desde que o Discord o mostrou. Reinicie o Discord (Ctrl+R no computador) e tente de novo.
not_moderator = Isto é para moderadores do servidor que cuida dos artigos: quem tem Gerenciar Servidor lá, ou um cargo indicado pelo operador do bot.
not_manager = Isto é para quem tem Gerenciar Servidor neste servidor, ou um cargo indicado pelo operador do bot.
home_unset = Nenhum servidor cuida dos artigos ainda. Para que seja este, quem opera o bot acrescenta esta linha ao arquivo `.env` e o reinicia:

## Help and privacy

short_help = Olá! Respondo perguntas com uma coleção de artigos, palavra por palavra e com fontes. Mencione-me junto com sua pergunta, ou digite `/perguntar`. `/ajuda` explica mais.
help_what = **O que sou.** Respondo perguntas com { n-articles }. Procuro as frases que melhor servem e as cito palavra por palavra, com a fonte. Não escrevo nada meu: o que os artigos não dizem, eu também não digo.
help_ask = **Como perguntar.** `/perguntar pergunta: quando o contrato foi assinado?` (com `privado: True` só você vê a resposta; com `em` procuro em um só artigo ou coleção), ou mencione-me num canal junto com sua pergunta, ou responda a uma resposta minha. Na mensagem de alguém: Apps → Achar a resposta. Nomes e coisas fazem boas perguntas.
help_check = **Como conferir.** Cada citação tem um número, que leva ao original quando existe, e o parágrafo e a linha onde está. O número sob uma resposta, como #12, é o do seu registro: diga-o ao perguntar a um moderador sobre uma resposta.
help_store = **O que guardo.** Cada pergunta com sua resposta, quem perguntou, onde e quando. `/privacidade ver` explica mais.
privacy_stored = **O que guardo.** De cada pergunta: o texto, seu id do Discord, os ids do servidor e do canal, a hora, as citações que dei e como as escolhi; do que recuso, o mesmo com o motivo; e os votos que você dá. Serve para conferir cada resposta depois, na máquina de quem opera este bot.
privacy_not = **O que não.** Só leio mensagens que me mencionam, me respondem, me são enviadas diretamente ou que alguém me entrega com Achar a resposta, e, onde os moderadores ativaram isso, postagens novas nos canais que indicaram; dessas só guardo as que respondo. Não guardo nomes, outras mensagens nem arquivos de membros; não envio nada a outros serviços nem treino nada com isso.
privacy_days = { $days ->
    [one] **Por quanto tempo.** Depois de { $days } dia é apagado o que diz quem você é e o que perguntou. O resto de um registro (quando se perguntou em qual servidor e qual artigo foi citado) fica.
   *[other] **Por quanto tempo.** Depois de { $days } dias é apagado o que diz quem você é e o que perguntou. O resto de um registro (quando se perguntou em qual servidor e qual artigo foi citado) fica.
}
privacy_forever = **Por quanto tempo.** Até que você, ou quem opera este bot, apague.
privacy_rights = **O que você pode fazer.** `/privacidade exportar` entrega em um arquivo o que se guarda sobre você. `/privacidade apagar` apaga tudo na hora.
privacy_button_export = Meus registros em um arquivo
privacy_button_delete = Apagar meus registros
privacy_exported = { $records ->
    [one] Este é { $records } registro que cita você.
   *[other] Estes são os { $records } registros que citam você, o mais antigo primeiro.
}
privacy_export_cut = Em um arquivo no Discord só cabem os { $records } registros mais recentes. Peça os anteriores a quem opera este bot.
privacy_nothing = Nenhum registro cita você.
privacy_confirm = **Apagar seus registros?** Tudo o que diz quem você é e o que perguntou é tirado deles: suas perguntas, as citações que recebeu e por que foram escolhidas. Não dá para desfazer. O que publiquei em canais fica lá até ser apagado no Discord.
privacy_confirmed = Apagar
privacy_kept = Nada foi apagado.
privacy_deleted = { $records ->
    [one] **Apagado** de { $records } registro.
   *[other] **Apagado** de { $records } registros.
}
privacy_traces = Alguém está lendo os registros agora, por isso podem restar vestígios no disco até a próxima vez que algo for apagado.
not_done = Não foi possível; o log do bot tem o motivo.

## The state of the corpus

presence = Respondendo com { n-articles }
presence_paused = Em pausa: o registro de auditoria não pode ser gravado
corpus_size = **Corpus:** { n-articles } em { n-passages }
index_size = **Índice:** { $postings } entradas em { $megabytes } MB, construído em { $ms } ms
corpus_digest = **Resumo:** { $digest }
loaded_at = **Carregado:** { $time }
store_writable = **Registro de auditoria:** pode ser gravado
store_broken = **Registro de auditoria:** não pode ser gravado, por isso nenhuma pergunta é respondida. O log do bot tem o motivo; veja primeiro o disco.
version = **Versão:** { $version }
articles_page = **{ n-articles }**, página { $page } de { $pages }

## Reloads

progress = Lendo os artigos: { $percent } %
reloaded = **Recarregado** em { $seconds } s.
preview = **Prévia:** nada mudou ainda.
not_reloaded = **Não recarregado:** { $reason }.
too_few_left = só restam { $left } de { $before } artigos: reponha os outros, ou force a recarga se devem sair
left_behind = falta à pasta desta máquina o que outro processo mudou (mudanças: { $count }): copie para cá a pasta da outra máquina, ou force a recarga para desfazer essas mudanças
golden_fail = perguntas de controle que passavam agora falham: corrija os artigos ou as perguntas, ou force
articles_unchanged = Os artigos em uso são os mesmos de antes.
already_reloading = Já há uma recarga em andamento. Espere o relatório.
reload_failed = **Não recarregado:** ou o registro da recarga não pôde ser gravado, ou algo quebrou do meu lado. O log do bot tem o motivo. Os artigos em uso são os mesmos de antes.
reload_counts = { n-articles } em { n-passages }: { $added } adicionados, { $changed } alterados, { $removed } removidos.
golden = Perguntas de controle aprovadas: { $before } de { $before_all } antes, { $after } de { $after_all } agora.
golden_lost = **Perguntas de controle que passavam e agora falham:**
golden_gone = **Perguntas de controle cujos artigos sumiram:**
golden_changed = **Perguntas de controle cuja resposta muda:**
golden_same = Nenhuma pergunta de controle recebe outra resposta.
added = **Adicionados:**
changed = **Alterados:**
removed = **Removidos:**
problems = **Problemas:** { $left_out } deixados de fora, { $kept } mantidos em parte
problem = { $path }: { $message }
problem_line = { $path }, linha { $line }: { $message }
and_more = e mais { $count }

## Adding and removing articles

edit_add = **A adicionar:** { $path }
edit_remove = **A remover:** { $path }
edit_undo = **A desfazer:** a última mudança, em { $path }
edit_added = **Adicionado:** { $path }
edit_removed = **Removido:** { $path }
edit_undone = **Desfeito:** a mudança de { $path }
edit_refused = **Não feito:** { $reason }.
edit_confirm_add = Adicionar
edit_confirm_remove = Remover
edit_confirm_undo = Desfazer
edit_cancel = Cancelar
edit_cancelled = Nada foi mudado.
edit_expired = Isto não espera mais confirmação: foi feito, cancelado ou tem mais de um dia.
edit_bad_name = { $name } não pode ser nome de artigo: use letras, algarismos, espaços, hifens e pontos, sem pastas, sem ponto nem sublinhado no início
edit_reserved = { $name } é um nome que o corpus reserva para outra coisa: renomeie o arquivo
edit_bad_format = { $name } não tem um formato que eu leia: deve terminar em .md, .txt, .html ou .jsonl
edit_too_large = { $name } tem mais de { $mib } MiB: divida-o
edit_exists = já há um arquivo { $path }: remova-o antes, ou use outro nome
edit_duplicate = o id { $id } já é de { $path }: renomeie um dos dois
edit_nothing = nada nele pode ser usado
edit_download = o Discord não me entregou o arquivo: envie-o de novo
edit_unknown = não há artigo { $name }
edit_none = não há mudança a desfazer
edit_conflict = { $path } foi mudado por outra pessoa nesse meio-tempo, por isso nada foi tocado
edit_failed = o arquivo não pôde ser gravado: o log do bot tem o motivo
paste_title = Adicionar um artigo
paste_name = Título
paste_publisher = Veículo (pode ficar vazio)
paste_url = Endereço do original (pode ficar vazio)
paste_text = Texto

## Settings of a server

settings = **Configurações deste servidor**
settings_saved = **Salvo.**
settings_failed = Não foi possível salvar; o log do bot tem o motivo. Nada foi mudado.
settings_language = Idioma: { $language }
settings_language_own = o de cada pessoa
settings_private = Respostas a `/perguntar` visíveis só para quem pergunta: { $value }
settings_cooldown = Segundos entre duas perguntas de uma pessoa: { $seconds }; do servidor todo: { $server }
settings_confidence = Sem resposta abaixo de uma confiança de { $percent } %
settings_channels = Canais em que respondo postagens novas: { $channels }
settings_roles = Cargos que podem perguntar: { $roles }
settings_blocked = Pessoas que não podem perguntar: { $people }
settings_everyone = todos
settings_none = nenhum
settings_yes = sim
settings_no = não
settings_content_off = Só posso ler postagens novas quando quem opera o bot tiver posto `MESSAGE_CONTENT=on`.
settings_full = Um servidor pode indicar no máximo { $max } destes. Tire um antes.

## Reading the records

audit_outcome = { $outcome ->
    [found] respondida
    [hedged] respondida sem certeza
    [not_found] sem resposta
    [refused] recusada
    [swapped] artigos recarregados
    [kept] recarga recusada
    [delivered] entregue
    [failed] não entregue
    [helpful] voto: útil
    [not_helpful] voto: não útil
    [filed] avisada aos moderadores
    [set] ajuste mudado
    [changed] artigos mudados
    [migrated] armazém atualizado
    [erased] apagado
   *[other] { $outcome }
}
audit_recent = **Os registros mais recentes**
audit_unanswered = **As perguntas mais recentes sem resposta**
audit_search = **As perguntas mais recentes com estas palavras:** { $words }
audit_none = Não há tal registro aqui.
audit_record = **Registro #{ $record }:** { $outcome }
audit_at = **Quando:** { $time }
audit_asker = **Quem e onde:** { $place }
audit_confidence = **Confiança:** { $percent } %
audit_refused = **O que se queria:** { $action }
audit_of = **Sobre o registro** #{ $record }
audit_detail = **Detalhes:** { $detail }
audit_votes = **Votos:** { $helpful } útil, { $unhelpful } não útil
audit_delivered = **Entregue:** { $message }
audit_undelivered = **Não entregue:** { $error }
audit_program = **Programa:** footnote { $version }
audit_erased = Quem perguntou e o que foi perguntado foi apagado deste registro. O resto fica.
audit_failed = Não foi possível ler os registros; o log do bot tem o motivo.
audit_exported = { $records ->
    [one] { $records } registro.
   *[other] { $records } registros, o mais antigo primeiro.
}
audit_export_cut = Em um arquivo no Discord só cabem os { $records } registros mais recentes: faltam os anteriores a #{ $first }. Indique menos dias, ou peça a quem opera o bot que use `footnote audit export`.
audit_head = **Fim da cadeia de auditoria:** { $head }
audit_head_posted = Publicado em { $channel }.
audit_head_unset = Não há canal onde publicar: quem opera o bot define `AUDIT_CHANNEL_ID`.
audit_head_failed = Não foi possível publicar: o canal de `AUDIT_CHANNEL_ID` deve ficar em um servidor próprio, e preciso poder vê-lo e escrever nele. O log do bot tem o motivo.
audit_head_public = **Fim da cadeia de auditoria:** { $head }
    Guardem esta mensagem. Com `footnote audit verify --head` e o que está aqui dá para mostrar que nenhum registro até este foi mudado, tirado ou cortado desde então.
button_older = Mais antigos

## Commands

cmd-ask =
    .name = perguntar
    .description = Faça uma pergunta: a resposta é citada dos artigos, com as fontes
    .question = pergunta
    .question-is = Sua pergunta, em uma ou duas frases
    .in = em
    .in-is = Procurar só em um artigo ou coleção
    .private = privado
    .private-is = Mostrar a resposta só a mim
cmd-find =
    .name = Achar a resposta
cmd-help =
    .name = ajuda
    .description = O que é este bot, como perguntar e o que ele guarda
cmd-privacy =
    .name = privacidade
    .description = O que este bot guarda sobre você, em um arquivo se quiser, e como apagar
cmd-privacy-show =
    .name = ver
    .description = O que este bot guarda sobre você, o que não, e por quanto tempo
cmd-privacy-export =
    .name = exportar
    .description = O que se guarda sobre você, em um arquivo
cmd-privacy-delete =
    .name = apagar
    .description = Apagar o que se guarda sobre você
cmd-audit =
    .name = auditoria
    .description = Ler o que foi perguntado e respondido neste servidor
cmd-audit-recent =
    .name = recentes
    .description = Os registros mais recentes
    .unanswered = sem-resposta
    .unanswered-is = Só perguntas que não acharam resposta
cmd-audit-show =
    .name = ver
    .description = Tudo o que um registro contém
    .record = registro
    .record-is = O número embaixo da resposta, como 12
cmd-audit-search =
    .name = buscar
    .description = Perguntas em que estão todas estas palavras
    .words = palavras
    .words-is = Em qualquer ordem
    .unanswered = sem-resposta
    .unanswered-is = Só perguntas que não acharam resposta
cmd-audit-export =
    .name = exportar
    .description = Os registros em um arquivo
    .form = formato
    .form-is = JSON por linhas contém tudo; CSV é para uma planilha
    .days = dias
    .days-is = Só os dos últimos dias; sem isso, todos
cmd-audit-head =
    .name = fim
    .description = O fim da cadeia de auditoria, publicado onde ninguém o muda
cmd-corpus =
    .name = corpus
    .description = Cuidar dos artigos
cmd-corpus-reload =
    .name = recarregar
    .description = Ler os artigos de novo, conferi-los e usá-los se nada se perde
    .force = forçar
    .force-is = Usá-los mesmo que falte a maioria ou uma pergunta de controle falhe
    .preview = prévia
    .preview-is = Só mostrar o que mudaria
cmd-corpus-status =
    .name = estado
    .description = Quantos artigos há, quando foram carregados, se respostas podem ser registradas
cmd-corpus-articles =
    .name = artigos
    .description = Listar os artigos
    .page = página
    .page-is = Qual página da lista
cmd-corpus-add =
    .name = adicionar
    .description = Adicionar um artigo: um arquivo, ou um texto que você cola
    .file = arquivo
    .file-is = Um arquivo .md, .txt, .html ou .jsonl; sem ele, cola-se um texto
    .folder = pasta
    .folder-is = A coleção a que pertence
cmd-corpus-remove =
    .name = remover
    .description = Remover um artigo
    .article = artigo
    .article-is = Qual
cmd-corpus-undo =
    .name = desfazer
    .description = Desfazer a última adição ou remoção
cmd-settings =
    .name = configurações
    .description = Como o bot se comporta neste servidor
cmd-settings-show =
    .name = mostrar
    .description = Mostrar as configurações
cmd-settings-language =
    .name = idioma
    .description = O idioma que falo neste servidor
    .language = idioma
    .language-is = Omita para o de cada pessoa
cmd-settings-private =
    .name = privado
    .description = Se as respostas são só para quem pergunta, salvo pedido em contrário
    .value = valor
    .value-is = True: só para quem pergunta
cmd-settings-cooldown =
    .name = espera
    .description = Quanto esperar entre duas perguntas
    .person = pessoa
    .person-is = Segundos entre duas perguntas de uma pessoa
    .server = servidor
    .server-is = Segundos entre duas perguntas no servidor todo
cmd-settings-confidence =
    .name = confiança
    .description = Quão certo devo estar para responder
    .percent = porcentagem
    .percent-is = Sem resposta abaixo disso; omita para o valor usual
cmd-settings-channel =
    .name = canal
    .description = Responder por conta própria postagens novas de um canal ou fórum
    .channel = canal
    .channel-is = Qual canal ou fórum
    .answer = responder
    .answer-is = True para responder lá, False para parar
cmd-settings-role =
    .name = cargo
    .description = Quem pode perguntar: sem cargo indicado, todos
    .role = cargo
    .role-is = Qual cargo
    .allow = permitir
    .allow-is = True para permitir, False para retirar
cmd-settings-block =
    .name = bloquear
    .description = Impedir uma pessoa de perguntar
    .person = pessoa
    .person-is = Quem
    .block = bloquear
    .block-is = True para bloquear, False para permitir de novo
