# Türkçe

n-articles = { $articles } makale
n-passages = { $passages } bölüm
n-seconds = { $seconds } saniye

## Answers

question = **Soru:** { $question }
hedge = { $quotes ->
    [one] Bunun cevap olduğundan emin değilim. En yakın bölüm:
   *[other] Bunun cevap olduğundan emin değilim. En yakın bölümler:
}
quote = “{ $quote }”
place_line = { $path }, { $paragraph }. paragraf, { $line }. satır
place_lines = { $path }, { $paragraph }. paragraf, { $first }–{ $last }. satırlar
expansion = { $looked_for } ({ $asked } için)
expansions = Şunları da aradım: { $words }.
unmatched = Hiçbir makalede geçmiyor: { $words }.
differing = Makaleler farklı rakamlar veriyor: [1] ile { $quotes } alıntısını karşılaştırın.
carried = Önceki sorudan ekledim: { $words }.
within = **Yalnızca:** { $name }
quotes_left_out = { $count } bölüm daha buraya sığmadı.
only_common_words = Bu soruda arayabileceğim bir şey yok: bütün sözcükleri çok yaygın. Bir ad, yer ya da nesne ekleyin.
nothing_found = Bu soru için makalelerde bir şey bulamadım.
other_words = Başka sözcükler ya da başka bir yazım deneyin.
low_confidence = Makalelerde bunun cevabını bulamadım.
nearest_articles = En yakın makaleler:
footer = #{ $record } · { n-articles }
original = aslı
further = Diğer bölümler, sayfa { $page }:
no_further = Bu soru için başka bölüm yok.

## Buttons under answers

button_more = Diğer bölümler
button_why = Neden bu cevap?
button_passage = Bölümün tamamı
button_helpful = Yararlı
button_unhelpful = Yararlı değil
button_show = Herkese göster
button_delete = Sil
button_follow = Devamını sor
button_source = Kaynak { $number }
button_gap = Moderatörlere bildir
button_previous = Önceki
button_next = Sonraki
follow_title = Devamını sor
follow_label = Sonraki sorunuz
follow_hint = Bu konuda başka ne bilmek istersiniz?
voted_helpful = Not edildi: yararlı. Teşekkürler! Fikriniz değişirse öbür düğmeye basın.
voted_unhelpful = Not edildi: yararlı değil. Teşekkürler! Fikriniz değişirse öbür düğmeye basın.
gap_told = Teşekkürler. Moderatörler bu soruyu makalelerin cevaplamadıkları arasında görecek.
gap_told_before = Bu soruyu moderatörlere daha önce bildirdiniz. Teşekkürler.
record_gone = O cevabın kaydı artık yok, bu düğme bir şey yapamaz. Lütfen yeniden sorun.
question_gone = O kayıt silindi, bu düğme artık bir şey yapamaz.
button_unknown = Bu düğmeyi artık tanımıyorum. Lütfen yeniden sorun.
not_yours = O cevap yalnızca başka biri için.
delete_not_yours = Bu cevabı yalnızca soran kişi ve moderatörler silebilir.
show_failed = Bu cevabı burada herkese gösteremiyorum.

## Why this answer?

why = **Neden bu cevap?** (#{ $record })
why_confidence = Güven: %{ $percent }. %{ $floor } altında cevap vermem, %50 altında emin olmadığımı söylerim.
why_quote = Alıntı [{ $number }]: { $title }
why_words = Sorunuzun sözcükleri, ağırlıkları ve yerleri:
why_found = { $word }: %{ $percent }, alıntılanan cümlelerde
why_part = { $word }: %{ $percent }, kısmen (%{ $found })
why_missing = { $word }: %{ $percent }, alıntılanan cümlelerde değil
why_score = Puan: { $score }. Makalesinin puanı: { $article }.
why_runner_up = İkinci: { $title }, puan { $score }; en iyisi { $margin } önde.
why_alone = Başka hiçbir makale yaklaşmadı.
why_corpus = { n-articles } içinde arandı (derlem { $digest }).

## Full passage

passage_heading = **Bölümlerin tamamı**
passage_changed = Makale bu cevaptan sonra değişti, yalnızca alıntılananı gösterebiliyorum.
passage_kept = Makale bu cevaptan sonra değişti. Bölümün o zamanki hâli budur.
passage_withdrawn = Bu makale geri çekildi, metni artık gösterilmiyor.

## Refusals

empty_question = Bunda aranacak bir şey yok. Sözcüklerle sorun, örneğin: `/sor soru: sözleşme ne zaman imzalandı?`
too_long = Bu soru { $chars } karakter, sınır ise { $limit }. Bir iki cümleyle sorun.
cooldown = Sonraki sorunuz için lütfen { n-seconds } bekleyin.
cooldown_server = Şu anda bu sunucuda çok soru soruluyor. Lütfen { n-seconds } bekleyin.
out_of_scope_server = Yalnızca kendi sunucumda cevap veririm, burası başka bir sunucu.
out_of_scope_direct = Yalnızca kendi sunucumun kanallarında cevap veririm, doğrudan mesajlarda değil.
role_needed = Bu sunucuda bana yalnızca belirli rolleri olanlar sorabilir.
blocked = Bu sunucunun moderatörleri burada bana soru soramayacağınıza karar verdi.
within_unknown = { $name } adında bir makale ya da koleksiyon yok.
within_nearest = Şunu mu demek istediniz: { $names }?
no_text = O mesajda arayabileceğim bir metin yok.
unrecorded = Üzgünüm, şu anda cevap veremiyorum: her cevap gösterilmeden önce kaydedilir ve kayıt yazılamadı. Botu işletenler nedenini günlüğünde bulur. Lütfen daha sonra sorun.
broken = Üzgünüm, bende bir şey bozuldu. Botu işletenler nedenini günlüğünde bulur.
outdated_command = Bu komut Discord’un gösterdiğinden beri değişti. Discord’u yeniden başlatın (bilgisayarda Ctrl+R) ve tekrar deneyin.
not_moderator = Bu, makalelere bakan sunucunun moderatörleri içindir: orada Sunucuyu Yönet izni ya da bot işleticisinin belirttiği bir rolü olanlar.
not_manager = Bu, bu sunucuda Sunucuyu Yönet izni ya da bot işleticisinin belirttiği bir rolü olanlar içindir.
home_unset = Makalelere henüz hiçbir sunucu bakmıyor. Bu sunucu olması için botu işleten, `.env` dosyasına şu satırı ekler ve botu yeniden başlatır:

## Help and privacy

short_help = Merhaba! Soruları bir makale koleksiyonundan, sözcüğü sözcüğüne ve kaynaklarıyla cevaplarım. Sorunuzla birlikte benden söz edin ya da `/sor` yazın. Ayrıntısı `/yardım` içinde.
help_what = **Ben neyim.** Soruları { n-articles } içinden cevaplarım. En uygun cümleleri bulur, sözcüğü sözcüğüne kaynağıyla alıntılarım. Kendimden bir şey yazmam: makalelerin söylemediğini ben de söylemem.
help_ask = **Nasıl sorulur.** `/sor soru: sözleşme ne zaman imzalandı?` (`özel: True` ile cevabı yalnızca siz görürsünüz, `nerede` ile tek bir makale ya da koleksiyonda ararım), ya da bir kanalda sorunuzla birlikte benden söz edin, ya da bir cevabıma yanıt verin. Birinin mesajında: Uygulamalar → Cevabı bul. Adlar ve nesneler iyi soru olur.
help_check = **Nasıl denetlenir.** Her alıntının, varsa aslına götüren bir numarası, bir de paragrafı ve satırı vardır. Cevabın altındaki numara, örneğin #12, kaydınındır: bir moderatöre bir cevabı sorarken onu söyleyin.
help_store = **Ne saklarım.** Her soruyu cevabıyla, kimin, nerede, ne zaman sorduğunu. Ayrıntısı `/gizlilik göster` içinde.
privacy_stored = **Ne saklarım.** Her soru için: metni, Discord kimliğiniz, sunucu ve kanal kimlikleri, zaman, verdiğim alıntılar ve onları nasıl seçtiğim; geri çevirdiklerim için nedeniyle birlikte aynısı; ve verdiğiniz oylar. Her cevap sonradan denetlenebilsin diye, botu işletenlerin makinesinde tutulur.
privacy_not = **Ne saklamam.** Yalnızca benden söz eden, bana yanıt olan, bana doğrudan gönderilen ya da birinin Cevabı bul ile verdiği mesajları, moderatörlerin açtığı yerlerde de belirttikleri kanallardaki yeni gönderileri okurum; bunlardan yalnızca cevapladıklarımı saklarım. Ad, başka mesaj ve üyelerin dosyalarını saklamam; başka hizmetlere bir şey göndermem, bunlarla bir şey eğitmem.
privacy_days = **Ne kadar süre.** { $days } gün sonra kim olduğunuzu ve ne sorduğunuzu söyleyenler silinir. Kaydın geri kalanı (hangi sunucuda ne zaman sorulduğu ve hangi makalenin alıntılandığı) kalır.
privacy_forever = **Ne kadar süre.** Siz ya da botu işletenler silene dek.
privacy_rights = **Ne yapabilirsiniz.** `/gizlilik dışa-aktar` sizin hakkınızda saklananı dosya olarak verir. `/gizlilik sil` hemen siler.
privacy_button_export = Kayıtlarım dosya olarak
privacy_button_delete = Kayıtlarımı sil
privacy_exported = Sizi anan { $records } kayıt, en eskisi önce.
privacy_export_cut = Discord’daki bir dosyaya yalnızca en yeni { $records } kayıt sığıyor. Daha eskilerini botu işletenlerden isteyin.
privacy_nothing = Hiçbir kayıt sizi anmıyor.
privacy_confirm = **Kayıtlarınız silinsin mi?** Kim olduğunuzu ve ne sorduğunuzu söyleyen her şey onlardan çıkarılır: sorularınız, aldığınız alıntılar ve neden seçildikleri. Bu geri alınamaz. Kanallara yazdıklarım Discord’da silinene dek orada kalır.
privacy_confirmed = Sil
privacy_kept = Hiçbir şey silinmedi.
privacy_deleted = { $records } kayıttan **silindi**.
privacy_traces = Şu anda biri kayıtları okuyor, bir sonraki silmeye dek diskte izler kalabilir.
not_done = Bu yapılamadı; nedeni botun günlüğünde.

## The state of the corpus

presence = { n-articles } içinden cevaplıyor
presence_paused = Duraklatıldı: denetim kaydı yazılamıyor
corpus_size = **Derlem:** { n-articles }, { n-passages }
index_size = **Dizin:** { $postings } kayıt, { $megabytes } MB, { $ms } ms içinde kuruldu
corpus_digest = **Özet:** { $digest }
loaded_at = **Yüklendi:** { $time }
store_writable = **Denetim kaydı:** yazılabiliyor
store_broken = **Denetim kaydı:** yazılamıyor, bu yüzden hiçbir soru cevaplanmıyor. Nedeni botun günlüğünde; önce diske bakın.
version = **Sürüm:** { $version }
articles_page = **{ n-articles }**, sayfa { $page } / { $pages }

## Reloads

progress = Makaleler okunuyor: %{ $percent }
reloaded = { $seconds } saniyede **yeniden yüklendi**.
preview = **Önizleme:** henüz hiçbir şey değişmedi.
not_reloaded = **Yeniden yüklenmedi:** { $reason }.
too_few_left = { $before } makaleden yalnızca { $left } kaldı: ötekileri geri koyun ya da gitmeleri gerekiyorsa zorlayın
left_behind = bu makinenin klasöründe başka bir sürecin değiştirdikleri yok (değişiklik: { $count }): o makinenin klasörünü buraya kopyalayın ya da o değişiklikleri geri almak için zorlayın
golden_fail = daha önce geçen denetim soruları şimdi geçmiyor: makaleleri ya da soruları düzeltin ya da zorlayın
articles_unchanged = Kullanılan makaleler öncekiyle aynı.
already_reloading = Bir yeniden yükleme zaten sürüyor. Raporunu bekleyin.
reload_failed = **Yeniden yüklenmedi:** ya kayıt yazılamadı ya da bende bir şey bozuldu. Nedeni botun günlüğünde. Kullanılan makaleler öncekiyle aynı.
reload_counts = { n-articles }, { n-passages }: { $added } eklendi, { $changed } değişti, { $removed } kaldırıldı.
golden = Geçen denetim soruları: önce { $before } / { $before_all }, şimdi { $after } / { $after_all }.
golden_lost = **Geçerken şimdi geçmeyen denetim soruları:**
golden_gone = **Makalelerinin hepsi giden denetim soruları:**
golden_changed = **Cevabı değişen denetim soruları:**
golden_same = Hiçbir denetim sorusunun cevabı değişmiyor.
added = **Eklendi:**
changed = **Değişti:**
removed = **Kaldırıldı:**
problems = **Sorunlar:** { $left_out } dışarıda bırakıldı, { $kept } kısmen alındı
problem = { $path }: { $message }
problem_line = { $path }, { $line }. satır: { $message }
and_more = ve { $count } tane daha

## Adding and removing articles

edit_add = **Eklenecek:** { $path }
edit_remove = **Kaldırılacak:** { $path }
edit_undo = **Geri alınacak:** son değişiklik, { $path }
edit_added = **Eklendi:** { $path }
edit_removed = **Kaldırıldı:** { $path }
edit_undone = **Geri alındı:** { $path } değişikliği
edit_refused = **Yapılmadı:** { $reason }.
edit_confirm_add = Ekle
edit_confirm_remove = Kaldır
edit_confirm_undo = Geri al
edit_cancel = Vazgeç
edit_cancelled = Hiçbir şey değişmedi.
edit_expired = Bu artık onay beklemiyor: yapıldı, vazgeçildi ya da bir günden eski.
edit_bad_name = { $name } bir makale adı olamaz: harf, rakam, boşluk, tire ve nokta kullanın; klasör olmasın, nokta ya da alt çizgiyle başlamasın
edit_reserved = { $name } başka bir şey için ayrılmış bir ad: dosyayı yeniden adlandırın
edit_bad_format = { $name } okuduğum bir biçimde değil: .md, .txt, .html ya da .jsonl ile bitmeli
edit_too_large = { $name } { $mib } MiB’den büyük: bölün
edit_exists = { $path } dosyası zaten var: önce kaldırın ya da başka bir ad kullanın
edit_duplicate = { $id } kimliği { $path } dosyasında var: birinin adını değiştirin
edit_nothing = içinde kullanılabilir bir şey yok
edit_download = Discord dosyayı bana vermedi: bir daha gönderin
edit_unknown = { $name } adında makale yok
edit_none = geri alınacak değişiklik yok
edit_conflict = { $path } bu arada başkası tarafından değiştirildi, hiçbir şeye dokunulmadı
edit_failed = dosya yazılamadı: nedeni botun günlüğünde
paste_title = Makale ekle
paste_name = Başlık
paste_publisher = Yayıncı (boş olabilir)
paste_url = Aslının adresi (boş olabilir)
paste_text = Metin

## Settings of a server

settings = **Bu sunucunun ayarları**
settings_saved = **Kaydedildi.**
settings_failed = Kaydedilemedi; nedeni botun günlüğünde. Hiçbir şey değişmedi.
settings_language = Dil: { $language }
settings_language_own = herkesin kendi dili
settings_private = `/sor` cevaplarını yalnızca soran görür: { $value }
settings_cooldown = Bir kişinin iki sorusu arasındaki saniye: { $seconds }; bütün sunucuda: { $server }
settings_confidence = %{ $percent } güvenin altında cevap yok
settings_channels = Yeni gönderilere cevap verdiğim kanallar: { $channels }
settings_roles = Sorabilen roller: { $roles }
settings_blocked = Soramayan kişiler: { $people }
settings_everyone = herkes
settings_none = yok
settings_yes = evet
settings_no = hayır
settings_content_off = Yeni gönderileri ancak botu işleten `MESSAGE_CONTENT=on` yaptığında okuyabilirim.
settings_full = Bir sunucu bunlardan en çok { $max } tane belirtebilir. Önce birini çıkarın.

## Reading the records

audit_outcome = { $outcome ->
    [found] cevaplandı
    [hedged] emin olmadan cevaplandı
    [not_found] cevapsız
    [refused] geri çevrildi
    [swapped] makaleler yeniden yüklendi
    [kept] yeniden yükleme geri çevrildi
    [delivered] ulaştı
    [failed] ulaşmadı
    [helpful] oy: yararlı
    [not_helpful] oy: yararsız
    [filed] moderatörlere bildirildi
    [set] ayar değişti
    [changed] makaleler değişti
    [migrated] depo güncellendi
    [erased] silindi
   *[other] { $outcome }
}
audit_recent = **En yeni kayıtlar**
audit_unanswered = **Cevapsız en yeni sorular**
audit_search = **Şu kelimelerin geçtiği en yeni sorular:** { $words }
audit_none = Burada böyle bir kayıt yok.
audit_record = **Kayıt #{ $record }:** { $outcome }
audit_at = **Ne zaman:** { $time }
audit_asker = **Kim ve nerede:** { $place }
audit_confidence = **Güven:** %{ $percent }
audit_refused = **İstenen:** { $action }
audit_of = **İlgili kayıt** #{ $record }
audit_detail = **Ayrıntılar:** { $detail }
audit_votes = **Oylar:** { $helpful } yararlı, { $unhelpful } yararsız
audit_delivered = **Ulaştı:** { $message }
audit_undelivered = **Ulaşmadı:** { $error }
audit_program = **Program:** footnote { $version }
audit_erased = Kimin ne sorduğu bu kayıttan silindi. Geri kalanı duruyor.
audit_failed = Kayıtlar okunamadı; nedeni botun günlüğünde.
audit_exported = { $records } kayıt, en eskisi önce.
audit_export_cut = Discord’daki bir dosyaya yalnızca en yeni { $records } kayıt sığıyor: #{ $first } öncesi dışarıda kaldı. Daha az gün belirtin ya da botu işletenden `footnote audit export` kullanmasını isteyin.
audit_head = **Denetim zincirinin sonu:** { $head }
audit_head_posted = { $channel } kanalına yazıldı.
audit_head_unset = Yazılacak kanal belirtilmemiş: botu işleten `AUDIT_CHANNEL_ID` değerini verir.
audit_head_failed = Yazılamadı: `AUDIT_CHANNEL_ID` kanalı bir ana sunucuda olmalı, ben de onu görüp oraya yazabilmeliyim. Nedeni botun günlüğünde.
audit_head_public = **Denetim zincirinin sonu:** { $head }
    Bu mesajı saklayın. `footnote audit verify --head` ve burada yazanla, o zamandan beri buna kadarki hiçbir kaydın değiştirilmediği, çıkarılmadığı ve kesilmediği gösterilebilir.
button_older = Daha eski

## Commands

cmd-ask =
    .name = sor
    .description = Soru sorun: cevap makalelerden kaynaklarıyla alıntılanır
    .question = soru
    .question-is = Sorunuz, bir iki cümleyle
    .in = nerede
    .in-is = Yalnızca bir makale ya da koleksiyonda ara
    .private = özel
    .private-is = Cevabı yalnızca bana göster
cmd-find =
    .name = Cevabı bul
cmd-help =
    .name = yardım
    .description = Bu bot nedir, nasıl sorulur, ne saklar
cmd-privacy =
    .name = gizlilik
    .description = Bu bot sizin hakkınızda ne saklar, isterseniz dosya olarak, ve nasıl silinir
cmd-privacy-show =
    .name = göster
    .description = Bu bot sizin hakkınızda ne saklar, ne saklamaz, ne kadar süre
cmd-privacy-export =
    .name = dışa-aktar
    .description = Sizin hakkınızda saklanan, dosya olarak
cmd-privacy-delete =
    .name = sil
    .description = Sizin hakkınızda saklananı sil
cmd-audit =
    .name = denetim
    .description = Bu sunucuda ne sorulduğunu ve ne cevaplandığını okuyun
cmd-audit-recent =
    .name = son
    .description = En yeni kayıtlar
    .unanswered = cevapsız
    .unanswered-is = Yalnızca cevap bulamayan sorular
cmd-audit-show =
    .name = göster
    .description = Bir kayıtta bulunan her şey
    .record = kayıt
    .record-is = Cevabın altındaki numara, 12 gibi
cmd-audit-search =
    .name = ara
    .description = Bu kelimelerin hepsinin geçtiği sorular
    .words = kelimeler
    .words-is = Sırası önemsiz
    .unanswered = cevapsız
    .unanswered-is = Yalnızca cevap bulamayan sorular
cmd-audit-export =
    .name = dışa-aktar
    .description = Kayıtlar, dosya olarak
    .form = biçim
    .form-is = JSON satırlarında her şey vardır, CSV hesap tablosu içindir
    .days = gün
    .days-is = Yalnızca son günlerinkiler; hepsi için boş bırakın
cmd-audit-head =
    .name = uç
    .description = Denetim zincirinin sonu, değiştirilemeyeceği yere yazılmış
cmd-corpus =
    .name = derlem
    .description = Makalelere bakmak
cmd-corpus-reload =
    .name = yenile
    .description = Makaleleri yeniden oku, denetle ve bir şey kaybolmuyorsa kullan
    .force = zorla
    .force-is = Çoğu gitmiş ya da bir denetim sorusu geçmiyor olsa da kullan
    .preview = önizleme
    .preview-is = Yalnızca neyin değişeceğini göster
cmd-corpus-status =
    .name = durum
    .description = Kaç makale var, ne zaman yüklendi, cevaplar kaydedilebiliyor mu
cmd-corpus-articles =
    .name = makaleler
    .description = Makaleleri listele
    .page = sayfa
    .page-is = Listenin hangi sayfası
cmd-corpus-add =
    .name = ekle
    .description = Makale ekle: bir dosya ya da yapıştırdığınız bir metin
    .file = dosya
    .file-is = .md, .txt, .html ya da .jsonl dosyası; yoksa metin yapıştırılır
    .folder = klasör
    .folder-is = Ait olduğu koleksiyon
cmd-corpus-remove =
    .name = kaldır
    .description = Bir makaleyi kaldır
    .article = makale
    .article-is = Hangisi
cmd-corpus-undo =
    .name = geri-al
    .description = Son ekleme ya da kaldırmayı geri al
cmd-settings =
    .name = ayarlar
    .description = Bot bu sunucuda nasıl davransın
cmd-settings-show =
    .name = göster
    .description = Ayarları göster
cmd-settings-language =
    .name = dil
    .description = Bu sunucuda konuştuğum dil
    .language = dil
    .language-is = Herkesin kendi dili için boş bırakın
cmd-settings-private =
    .name = özel
    .description = Başka istenmedikçe cevapları yalnızca soran mı görsün
    .value = değer
    .value-is = True: yalnızca soran
cmd-settings-cooldown =
    .name = bekleme
    .description = İki soru arasında ne kadar beklenir
    .person = kişi
    .person-is = Bir kişinin iki sorusu arasındaki saniye
    .server = sunucu
    .server-is = Bütün sunucuda iki soru arasındaki saniye
cmd-settings-confidence =
    .name = güven
    .description = Cevap vermek için ne kadar emin olmalıyım
    .percent = yüzde
    .percent-is = Bunun altında cevap yok; olağan değer için boş bırakın
cmd-settings-channel =
    .name = kanal
    .description = Bir kanal ya da forumdaki yeni gönderilere kendiliğimden cevap ver
    .channel = kanal
    .channel-is = Hangi kanal ya da forum
    .answer = cevapla
    .answer-is = Orada cevap için True, bırakmak için False
cmd-settings-role =
    .name = rol
    .description = Kim sorabilir: rol belirtilmezse herkes
    .role = rol
    .role-is = Hangi rol
    .allow = izin
    .allow-is = İzin için True, geri almak için False
cmd-settings-block =
    .name = engelle
    .description = Bir kişinin sormasını engelle
    .person = kişi
    .person-is = Kim
    .block = engel
    .block-is = Engellemek için True, yeniden izin için False
