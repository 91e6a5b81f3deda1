"""The page in a real Chromium: every mode, the highlight, the live guard, rewriting, downloads, a phone."""

# ruff: noqa: E402 - what is optional is asked for before it is imported

import csv
import json
import re
import threading

import pytest

pytest.importorskip("gradio", reason="the desk extra is not installed")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (test extra)")

from desk_browser import FLAGS, Visit, chromium
from desk_running import running

from desk.config import Limits
from desk.library import Library
from desk.log import Choices
from desk.page.examples import text as example
from summarizer.errors import ModelError

expect = sync_api.expect
expect.set_options(timeout=20_000)  # a slow machine is not a wrong page
WATER, PAGE = example("single", 0), example("page", 0)
RARE = "云溪市水务局11月20日通报，𬭁溪引水工程当天全线通水，沿线3个乡镇的4.2万居民用上了自来水。"


class Slow(Library):
    """The real library; ``slow`` waits for the test, ``broken`` can't be loaded."""

    def __init__(self):
        super().__init__()
        self.go = threading.Event()
        self.go.set()

    def _make(self, place, style, seed):
        if place == "broken":
            raise ModelError("模型文件缺失，请运行 summarizer models verify / model files missing")
        made = super()._make("extractive", style, seed)
        if place == "slow":
            draft = made.draft
            made.draft = lambda *args, **options: (self.go.wait(30), draft(*args, **options))[1]
        return made


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    (folder / "eval" / "demo").mkdir(parents=True)
    report = "# 评测报告\n\n| 系统 | 分数 |\n|---|---|\n| lead | 31.2 |\n\n"
    report += "<script>alert(1)</script><img src=x onerror=alert(2)>\n"
    (folder / "eval" / "demo" / "report.md").write_text(report, encoding="utf-8")
    models = {"extractive": "extractive", "slow": "slow", "broken": "broken"}
    library = Slow()
    with running(
        library, models=models, choices=folder / "choices.sqlite", evaluation=folder / "eval",
        limits=Limits(rate=1_000_000),
    ) as found:  # fmt: skip
        found.library, found.folder = library, folder
        yield found


@pytest.fixture(scope="module")
def browser():
    path = chromium()
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture
def visit(browser, desk):
    made = []

    def open_(path="/", **context):
        made.append(Visit(browser, desk.url + path, **context))
        return made[-1]

    yield open_
    for tab in made:
        assert tab.faults == []
        assert tab.hosts == {f"127.0.0.1:{desk.port}"}  # nothing is fetched from anywhere else
        tab.context.close()


def test_single_from_example_to_accepted_piece(visit, desk):
    tab = visit()
    expect(tab.see(".cards-pane .empty")).to_contain_text("粘贴")
    tab.see(".samples button").click()
    expect(tab.see(".source textarea")).to_have_value(WATER)
    tab.see(".do-write").click()
    tab.done()
    cards = tab.page.locator(".card:visible")
    assert cards.count() >= 3
    expect(tab.see(".field-main textarea")).to_have_value(cards.first.locator(".h").inner_text())

    cards.nth(1).locator(".h").click()  # the evidence of a candidate
    marks = tab.page.locator(".body mark:visible").all_text_contents()
    assert marks and all(mark in WATER for mark in marks)
    cards.nth(1).locator(".use").click()
    expect(tab.see(".field-main textarea")).to_have_value(cards.nth(1).locator(".h").inner_text())

    tab.see(".accept, .do-accept").click()
    expect(tab.see(".final pre")).to_contain_text(cards.nth(1).locator(".h").inner_text())
    assert Choices(desk.folder / "choices.sqlite").count() == 0  # not asked for, not kept


def test_the_live_guard_counts_and_contradicts(visit):
    tab = visit()
    tab.write(WATER)
    field = tab.see(".field-main textarea")
    field.fill("青石县引水工程全线通水 9.9万居民受益")
    finding = tab.see(".guard .finding.contradicted, .guard .finding.unsupported")
    expect(finding).to_contain_text("9.9万")
    finding.click()
    expect(tab.see(".guard .reason")).not_to_be_empty()
    field.fill("青石县引水工程全线通水 4.2万居民用上自来水再添一句超出字数")
    expect(tab.see(".gauge.over b")).to_contain_text("/20")
    field.fill("青石县引水工程全线通水")
    expect(tab.see(".guard .clean")).to_be_visible()
    expect(tab.page.locator(".gauge.over:visible")).to_have_count(0)


def test_summary_sentences_lead_to_their_evidence_and_the_slider_rewrites(visit):
    tab = visit()
    tab.write(WATER)
    piece = tab.see(".piece")
    piece.click()
    assert tab.marked()[:8] in WATER and len(tab.marked()) > 10
    length = len(tab.see(".summary").inner_text())
    slider = tab.see(".summary-chars input[type=number]")
    slider.fill("40")
    slider.press("Enter")
    expect(tab.see(".summary-pane .len")).to_contain_text("/40")
    assert len(tab.see(".summary").inner_text()) < length


def test_rewriting_respects_length_and_words(visit):
    tab = visit()
    tab.write(WATER)
    before = tab.page.locator(".card:visible").count()
    main = tab.see(".field-main textarea").input_value()
    tab.see(".do-shorter").click()
    tab.page.wait_for_selector(".notice:has-text('更短'):visible")
    fresh = tab.page.locator(".card:has(.fresh):visible .h").all_inner_texts()
    assert all(len(text) < len(main) for text in fresh)
    assert tab.page.locator(".card:visible").count() == before + len(fresh)
    tab.see(".words textarea").fill("126公里")
    tab.see(".do-again").click()
    tab.page.wait_for_selector(".notice:has-text('换一批'):visible")
    for text in tab.page.locator(".card:has(.fresh):visible .h").all_inner_texts():
        assert "126公里" in text


def test_the_extracted_draft_comes_first_and_a_broken_model_is_named(visit, desk):
    desk.library.go.clear()
    tab = visit()
    tab.see(".source textarea").fill(WATER)
    choose(tab, "slow")
    tab.see(".do-write").click()
    expect(tab.see(".notice.busy")).to_contain_text("slow 正在写")
    assert tab.page.locator(".card:visible").count() >= 1  # while the model is still writing
    desk.library.go.set()
    tab.done()
    tab.see(".do-edit").click()
    expect(tab.see(".source textarea")).to_have_value(WATER)
    choose(tab, "broken")
    tab.see(".do-write").click()
    expect(tab.see(".notice.error")).to_contain_text("模型文件缺失")
    assert tab.page.locator(".card:visible").count() >= 1  # the draft stays


def choose(tab, model):
    box = tab.page.locator("input[role=combobox]:visible").first
    box.click()
    tab.page.get_by_role("option", name=model, exact=True).click()


def test_empty_and_useless_input_say_what_to_do(visit):
    tab = visit()
    tab.see(".do-write").click()
    expect(tab.see(".notice.error")).to_contain_text("粘贴稿件")
    assert "/ no text" not in tab.see(".notice.error").inner_text()  # one language


def test_a_file_is_read_in_its_own_encoding(visit, tmp_path):
    path = tmp_path / "稿件.txt"
    path.write_bytes(WATER.encode("gb18030"))
    tab = visit()
    tab.page.locator(".drop input[type=file]").first.set_input_files(str(path))
    tab.page.wait_for_selector(".drop .file-preview:visible")
    tab.see(".do-write").click()
    tab.done()
    expect(tab.see(".body")).to_contain_text("沿线3个乡镇")


def test_page_lists_its_articles(visit):
    tab = visit()
    tab.tab("整版")
    tab.write(PAGE)
    rows = tab.page.locator(".articles button:visible")
    assert rows.count() == 3
    rows.nth(1).click()
    expect(tab.see(".body")).to_contain_text("公交线路")
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    tab.page.keyboard.press("Alt+BracketRight")
    expect(tab.see(".body")).to_contain_text("茧站")
    tab.page.keyboard.press("Alt+BracketLeft")
    expect(tab.see(".body")).to_contain_text("公交线路")


def test_what_was_typed_for_an_article_comes_back_with_it(visit):
    tab = visit()
    tab.tab("整版")
    tab.write(PAGE)
    first = tab.see(".field-main textarea")
    first.fill("青石县9.9万人喝上自来水")
    expect(tab.see(".guard")).to_contain_text("9.9万")
    tab.page.keyboard.press("Alt+BracketRight")
    expect(tab.see(".body")).to_contain_text("公交线路")
    expect(first).not_to_have_value("青石县9.9万人喝上自来水")
    tab.page.keyboard.press("Alt+BracketLeft")
    expect(first).to_have_value("青石县9.9万人喝上自来水")
    expect(tab.see(".guard")).to_contain_text("9.9万")


def test_of_a_dropped_file_and_a_pasted_text_the_later_one_counts(visit, tmp_path):
    path = tmp_path / "公交.txt"
    path.write_text(example("single", 1), encoding="utf-8")
    tab = visit()
    source = tab.see(".source textarea")
    source.fill(WATER)
    tab.page.locator(".bench-single .drop input[type=file]").set_input_files(str(path))
    tab.page.wait_for_selector(".bench-single .drop .file-preview")
    expect(source).to_have_value("")
    source.fill(WATER)
    expect(tab.page.locator(".bench-single .drop .file-preview")).to_have_count(0)
    tab.see(".do-write").click()
    tab.done()
    expect(tab.see(".body")).to_contain_text("沿线3个乡镇")


def test_the_next_report_is_pasted_over_the_last_one(visit):
    tab = visit()
    tab.write(WATER)
    tab.page.keyboard.press("Alt+n")
    source = tab.see(".source textarea")
    expect(source).to_be_focused()
    selected = "document.activeElement.selectionEnd - document.activeElement.selectionStart"
    tab.page.wait_for_function(f"() => {selected} === document.activeElement.value.length")
    tab.page.keyboard.insert_text(RARE)
    expect(source).to_have_value(RARE)


def test_a_text_that_is_too_long_is_refused_not_cut(visit):
    tab = visit()
    put = "(field, text) => { field.value = text; field.dispatchEvent(new Event('input', {bubbles: true})); }"
    tab.see(".source textarea").evaluate(put, WATER * (100_000 // len(WATER)))
    tab.see(".do-write").click()
    expect(tab.see(".notice.error")).to_contain_text("上限 60000 字")
    assert tab.page.locator(".card:visible").count() == 0
    assert int(tab.see(".source textarea").get_attribute("maxlength")) > 100_000


def test_accept_stays_in_sight(visit):
    tab = visit(viewport={"width": 1366, "height": 480})
    tab.write(PAGE)
    expect(tab.see(".do-accept")).to_be_in_viewport(ratio=1)
    tab.see(".do-accept").click()
    expect(tab.see(".final pre")).to_be_in_viewport()


def test_batch_from_files_to_downloads(visit, tmp_path):
    good = [tmp_path / "引水.txt", tmp_path / "公交.md"]
    for path, number in zip(good, (0, 1), strict=True):
        path.write_text(example("single", number), encoding="utf-8")
    (tmp_path / "空.txt").write_bytes(b"")
    tab = visit()
    tab.tab("批量")
    tab.see(".do-write").click()
    expect(tab.see(".notice.error")).to_contain_text("先选文件")
    files = [str(path) for path in (*good, tmp_path / "空.txt")]
    tab.page.locator(".bench-batch input[type=file]").set_input_files(files)
    tab.page.wait_for_function("document.querySelectorAll('.bench-batch .file-preview tr').length >= 3")
    tab.see(".do-write").click()
    tab.page.wait_for_selector(".get-jsonl:visible")
    expect(tab.see(".progress")).to_contain_text("3/3")
    expect(tab.see(".failures")).to_contain_text("空.txt")
    assert tab.page.locator("table.rows tbody tr").count() >= 2
    lines = [json.loads(line) for line in download(tab, "jsonl").read_text("utf-8").splitlines()]
    assert [line["status"] for line in lines].count("ok") == 2 and len(lines) == 3
    rows = list(csv.DictReader(download(tab, "csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) >= 3 and rows[0]["headline"]
    assert download(tab, "docx").read_bytes()[:2] == b"PK"


def download(tab, kind):
    with tab.page.expect_download() as waiting:
        tab.see(f".get-{kind}").click()
    assert waiting.value.suggested_filename == f"headlines.{kind}"
    return waiting.value.path()


def test_compare_blind_and_the_choice_is_kept_when_asked(visit, desk):
    tab = visit()
    tab.tab("对比")
    tab.see(".source textarea").fill(WATER)
    for label in ("盲评", "把我的选择"):
        tab.page.locator(f".bench-compare label:has-text('{label}') input").check()
    tab.see(".do-write").click()
    tab.page.wait_for_selector(".pair:visible")
    assert not re.search("extractive|slow", tab.see(".pair").inner_text())
    tab.see(".vote-win_a").click()
    expect(tab.see(".notice.done")).to_contain_text("甲是")
    assert Choices(desk.folder / "choices.sqlite").count() == 1
    expect(tab.see(".pair h3 small")).to_be_visible()


def test_compare_two_styles_and_who_won_stands_in_evaluation(visit, desk):
    log = Choices(desk.folder / "choices.sqlite")
    before = sum(sum(counts.values()) for counts in log.comparisons().values())
    tab = visit()
    tab.tab("对比")
    tab.see(".source textarea").fill(WATER)
    boxes = tab.page.locator(".bench-compare input[role=combobox]")
    for place, name in enumerate(("extractive + daily（党报时政）", "extractive + web（网站）")):
        boxes.nth(place).click()
        tab.page.get_by_role("option", name=name, exact=True).click()
        expect(tab.page.get_by_role("option")).to_have_count(0)  # the list fades; the next has the same names
    tab.page.locator(".bench-compare label:has-text('把我的选择') input").check()
    tab.see(".do-write").click()
    tab.page.wait_for_selector(".pair:visible")
    expect(tab.page.locator(".pair section")).to_have_count(2)
    expect(tab.page.locator(".pair h3 small").nth(1)).to_have_text("extractive + web")
    tab.see(".vote-win_b").click()
    expect(tab.see(".notice.done")).to_contain_text("乙好")
    won = log.comparisons()[("extractive + daily", "extractive + web")]
    assert won == {"extractive + web": 1}
    assert sum(sum(counts.values()) for counts in log.comparisons().values()) == before + 1
    tab.tab("评测")
    tab.see(".do-refresh").click()
    expect(tab.see(".tally")).to_contain_text("extractive + daily 0 : 1 extractive + web")


def test_evaluation_shows_the_last_report_and_runs_nothing(visit):
    tab = visit()
    tab.tab("评测")
    expect(tab.see(".report table")).to_contain_text("31.2")
    assert tab.page.locator(".report script, .report [onerror]").count() == 0


def test_choices_are_kept_only_with_the_switch_and_text_only_with_the_second(visit, desk):
    log = Choices(desk.folder / "choices.sqlite")
    before = log.count()
    tab = visit()
    tab.write(WATER)
    tab.page.get_by_label("把我的选择记到本机").first.check()
    tab.see(".do-accept").click()
    expect(tab.see(".final")).to_contain_text("记入选择记录")
    assert log.count() == before + 1 and list(log.rows()) == []
    tab.page.get_by_label("连同稿件文字").first.check()
    tab.see(".field-main textarea").fill("引水工程通了")
    tab.see(".do-accept").click()
    expect(tab.see(".final pre")).to_contain_text("引水工程通了")
    assert [row["title"] for row in log.rows()] == ["引水工程通了"]


def test_markup_templates_and_rare_characters_are_text(visit):
    tab = visit()
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>${alert(3)}{{alert 4}}"
    tab.write(RARE + hostile)
    expect(tab.see(".body")).to_contain_text("<img src=x onerror=alert(2)>${alert(3)}{{alert 4}}")
    assert tab.page.locator(".bench script, .bench img[src=x]").count() == 0
    tab.see(".field-main textarea").fill("𬭁溪引水工程通水，4.2万居民用上自来水")
    tab.see(".accept, .do-accept").click()
    for card in tab.page.locator(".card:visible").all():
        if "4.2万" in card.locator(".h").inner_text():
            card.locator(".h").click()  # offsets count code points: 𬭁 is one, two in JavaScript
            assert "4.2万居民" in tab.marked() and not tab.marked().startswith("溪引")
            break


def test_keys(visit):
    tab = visit()
    tab.see(".source textarea").fill(WATER)
    tab.page.keyboard.press("Control+Enter")
    tab.done()
    tab.page.keyboard.press("Alt+2")
    expect(tab.see(".field-main textarea")).to_have_value(tab.page.locator(".card .h").nth(1).inner_text())
    tab.see(".body").click()
    tab.page.keyboard.press("?")
    expect(tab.page.locator("dialog.help")).to_be_visible()
    tab.page.keyboard.press("Escape")
    expect(tab.page.locator("dialog.help")).not_to_be_visible()


def test_copy(visit):
    tab = visit(permissions=["clipboard-read", "clipboard-write"])
    tab.write(WATER)
    tab.see(".card [data-copy]").click()
    expect(tab.page.locator(".toast")).to_have_text("已复制")
    assert tab.page.evaluate("navigator.clipboard.readText()") == tab.see(".card .h").inner_text()


def test_phone(visit):
    tab = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    tab.write(WATER)
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(tab.see(".body")).to_be_visible()
    assert tab.see(".text-pane").bounding_box()["height"] > 150
    tab.see(".card .h").click()
    expect(tab.page.locator(".sheet")).to_be_visible()
    expect(tab.page.locator(".sheet mark").first).to_be_visible()
    tab.page.locator(".sheet button").click()
    expect(tab.page.locator(".sheet")).not_to_be_visible()
    for name in ("整版", "批量", "对比", "评测"):
        tab.tab(name)
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390, name


def test_dark_by_system_and_by_choice(visit):
    def paper(tab):
        return tab.page.evaluate("getComputedStyle(document.body).backgroundColor")

    light, dark = visit(), visit(color_scheme="dark")
    assert paper(light) != paper(dark)
    light.page.locator("[data-toggle=theme]").click()
    assert paper(light) == paper(dark)
    light.page.reload()
    light.page.wait_for_selector(".bench")
    assert paper(light) == paper(dark)


def test_english_by_browser_language(visit):
    tab = visit(locale="en-US")
    assert tab.page.url.endswith("/en/")
    tab.write(WATER)
    expect(tab.see(".do-shorter")).to_have_text("Shorter")
    expect(tab.see(".facts")).to_contain_text("chars")
    tab.page.get_by_role("link", name="中文").click()
    tab.page.wait_for_selector(".do-shorter:has-text('更短')")
