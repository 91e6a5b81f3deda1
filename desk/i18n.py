"""The page's words: Chinese first, English beside it. The library's own messages are bilingual already."""

from __future__ import annotations

from collections.abc import Callable

LANGUAGES = ("zh", "en")

WORDS: dict[str, tuple[str, str]] = {
    "title": ("标题台", "Headline Desk"),
    "tagline": ("中文标题与摘要，句句有据", "Chinese headlines and summaries, every claim checked"),
    "single": ("单篇", "Report"),
    "page": ("整版", "Page"),
    "batch": ("批量", "Batch"),
    "compare": ("对比", "Compare"),
    "evaluation": ("评测", "Evaluation"),
    # the bench
    "source": ("稿件", "Report"),
    "paste_single": (
        "粘贴一篇报道，或把 txt / md 文件拖到下面。\n\nCtrl + Enter 拟题",
        "Paste a report, or drop a txt / md file below.\n\nCtrl + Enter writes",
    ),
    "paste_page": (
        "粘贴整版文字（可含多篇报道、引题、图片说明），或把文件拖到下面。",
        "Paste a whole page (several reports, kickers, captions), or drop a file below.",
    ),
    "file": ("拖入文件，或点此选择", "Drop a file, or click to choose"),
    "examples": ("试一篇", "Try one"),
    "write": ("拟题", "Write"),
    "stop": ("停止", "Stop"),
    "model": ("模型", "Model"),
    "style": ("风格", "Style"),
    "headline_chars": ("标题字数上限", "Headline limit"),
    "summary_chars": ("摘要字数上限", "Summary limit"),
    "candidates": ("候选", "Candidates"),
    "count": ("候选条数", "How many"),
    "text": ("正文", "Text"),
    "edit_source": ("换稿", "New text"),
    "articles": ("本版 {n} 篇", "{n} articles"),
    "chars": ("{n} 字", "{n} chars"),
    "coverage": ("模型读到 {n}%", "{n}% read by the model"),
    "removed": ("未计入正文 {n} 处", "{n} parts kept out"),
    "use": ("用", "Use"),
    "copy": ("复制", "Copy"),
    "copied": ("已复制", "Copied"),
    "origin_model": ("模型", "model"),
    "origin_extract": ("抽取", "extract"),
    "origin_page": ("原题", "page"),
    "new": ("新", "new"),
    "supported": ("有据", "supported"),
    "inferred": ("可推出", "inferred"),
    "unsupported": ("无据", "unsupported"),
    "contradicted": ("不符", "contradicted"),
    "no_claims": ("无需核对", "nothing to check"),
    "all_supported": ("{n} 处有据", "{n} supported"),
    "doubts": ("{n} 处存疑", "{n} in doubt"),
    "shorter": ("更短", "Shorter"),
    "longer": ("更长", "Longer"),
    "formal": ("更正式", "More formal"),
    "again": ("换一批", "Others"),
    "keep": ("须含", "Must hold"),
    "avoid": ("不用", "Must not hold"),
    "keep_hint": ("如：引水工程", "words, separated by spaces"),
    "compose": ("版面", "Layout"),
    "kicker": ("引题", "Kicker"),
    "main": ("主题", "Headline"),
    "subhead": ("副题", "Subhead"),
    "guard": ("核对", "Check"),
    "guard_empty": ("改动标题时，这里会逐处核对。", "Edited text is checked here claim by claim."),
    "guard_clean": ("每一处都能在原文找到依据。", "Every claim is supported by the text."),
    "summary": ("摘要", "Summary"),
    "key_points": ("要点", "Key points"),
    "accept": ("定稿", "Accept"),
    "accepted": ("已定稿", "Accepted"),
    "keep_log": ("把我的选择记到本机", "Keep my choices on this machine"),
    "keep_text": ("连同稿件文字", "with the texts"),
    "logged": ("，并记入选择记录", ", and kept in the choices log"),
    # states
    "empty_candidates": ("候选标题会出现在这里：先粘贴稿件，再按“拟题”。", "Headlines appear here: paste a report, then Write."),
    "empty_summary": ("拟题后，这里是摘要。点一句，左边标出依据。", "The summary appears here. Click a sentence to see its evidence."),
    "empty_batch": ("选好文件后按“开始”。结果表会随进度更新。", "Choose files and press Start. The table grows as it goes."),
    "empty_compare": ("同一篇稿子，两种写法并排看。", "One report, two ways, side by side."),
    "reading": ("正在读稿…", "Reading…"),
    "draft_shown": ("初稿（抽取）已出，{model} 正在写…", "First draft (extracted); {model} is writing…"),
    "progress": ("{model} 正在写第 {i}/{n} 篇…", "{model} is writing {i} of {n}…"),
    "done": ("{model} · {seconds} 秒", "{model} · {seconds} s"),
    "model_failed": ("{model} 没有写出：{error}。以下是抽取的初稿。", "{model} failed: {error}. Below is the extracted draft."),
    "rewriting": ("正在改写…", "Rewriting…"),
    "rewritten": ("{how}：新增 {n} 条", "{how}: {n} new"),
    "nothing_new": ("{how}：没有写出新的可用标题，可换个说法或放宽字数。", "{how}: no new usable headline; relax the limit or words."),
    "no_session": ("先拟题，再做这一步。", "Write first."),
    "stopped": ("已停止。", "Stopped."),
    "no_article": (
        "没有找到正文。至少需要一个完整的中文句子。",
        "No article found: at least one whole Chinese sentence is needed.",
    ),
    # batch
    "files": ("文件（txt / md，最多 {n} 个）", "Files (txt / md, at most {n})"),
    "start": ("开始", "Start"),
    "batch_progress": ("{i}/{n} · 成功 {ok} · 失败 {bad}", "{i}/{n} · {ok} done · {bad} failed"),
    "batch_file": ("文件", "File"),
    "batch_headline": ("标题", "Headline"),
    "batch_summary": ("摘要", "Summary"),
    "batch_state": ("状态", "State"),
    "batch_failures": ("失败的文件", "Failed files"),
    "ok": ("成功", "done"),
    "failed": ("失败", "failed"),
    "too_many_files": ("一次最多 {n} 个文件，现有 {m} 个，请分批。", "At most {n} files at once, there are {m}."),
    "no_files": ("先选文件。", "Choose files first."),
    # compare
    "side_a": ("甲", "A"),
    "side_b": ("乙", "B"),
    "blind": ("盲评（选定后才揭晓）", "Blind (names shown after the choice)"),
    "run": ("并排写", "Write both"),
    "win_a": ("甲好", "A is better"),
    "win_b": ("乙好", "B is better"),
    "tie": ("一样", "Equal"),
    "none_good": ("都不行", "Neither"),
    "vote_kept": ("已记下：{what}。", "Kept: {what}."),
    "vote_not_kept": ("{what}。未记录：记录开关没有打开。", "{what}. Not kept: the log switch is off."),
    "revealed": ("甲是 {a}，乙是 {b}。", "A is {a}, B is {b}."),
    # evaluation and log
    "no_report": (
        "还没有评测报告。运行 python -m eval run --data 行.jsonl --out {place} 后刷新本页。",
        "No evaluation report yet. Run python -m eval run --data ROWS.jsonl --out {place}, then reload.",
    ),
    "report_of": ("{name}，{date}", "{name}, {date}"),
    "refresh": ("刷新", "Reload"),
    "log_title": ("选择记录", "Choices log"),
    "log_count": ("共 {n} 条，存于 {path}", "{n} kept in {path}"),
    "log_off": ("本机没有选择记录。", "No choices are kept on this machine."),
    "log_remote": ("选择记录只能在本机导出：python -m desk export 行.jsonl", "Export on the machine: python -m desk export ROWS.jsonl"),
    "log_export": ("导出训练行", "Export training rows"),
    "log_erase": ("全部删除", "Erase all"),
    # help
    "shortcuts": ("快捷键", "Shortcuts"),
    "theme": ("深浅", "Theme"),
    "language": ("English", "中文"),
    "api": ("接口", "API"),
    "close": ("关闭", "Close"),
    "evidence": ("原文依据", "Evidence"),
    "no_evidence": ("原文中没有找到依据", "No evidence in the text"),
    "key_write": ("拟题", "Write"),
    "key_use": ("用第 1–9 条候选", "Use candidate 1–9"),
    "key_rewrite": ("更短 / 更长 / 换一批", "Shorter / longer / others"),
    "key_accept": ("定稿", "Accept"),
    "key_copy": ("复制主题", "Copy the headline"),
    "key_article": ("上一篇 / 下一篇", "Previous / next article"),
    "key_help": ("打开这张表", "This table"),
}  # fmt: skip


def words(language: str) -> Callable[..., str]:
    """``t(key, **values)`` for one language; an unknown key is a programming error (KeyError)."""
    column = LANGUAGES.index(language)

    def t(key: str, **values: object) -> str:
        return WORDS[key][column].format(**values) if values else WORDS[key][column]

    return t


def preferred(accept_language: str) -> str:
    """``en`` where the browser asks for a language and none of them is Chinese, else ``zh``."""
    weighted = []
    for index, part in enumerate(accept_language.split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighted.append((-float(weight or 1), index, tag.strip().lower()))
        except ValueError:
            continue
    for _, _, tag in sorted(weighted):
        if tag.startswith("zh") or tag == "*":
            return "zh"
        if tag.startswith("en"):
            return "en"
    return "en" if any(tag for _, _, tag in weighted) else "zh"
