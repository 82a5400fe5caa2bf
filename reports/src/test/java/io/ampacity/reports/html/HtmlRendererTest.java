package io.ampacity.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.reports.DecisionPaper;
import io.ampacity.reports.Example;
import io.ampacity.reports.Hostile;
import io.ampacity.reports.paper.Paper;
import io.ampacity.scenario.Plan;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlRendererTest {

    private static final Set<String> ELEMENTS = Set.of(
            "html",
            "head",
            "meta",
            "title",
            "style",
            "script",
            "body",
            "header",
            "main",
            "section",
            "nav",
            "div",
            "p",
            "span",
            "strong",
            "br",
            "h1",
            "h2",
            "ul",
            "li",
            "dl",
            "dt",
            "dd",
            "a",
            "button",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "data",
            "figure",
            "figcaption",
            "details",
            "summary",
            "svg",
            "rect",
            "line",
            "path",
            "text");

    private final HtmlRenderer renderer = new HtmlRenderer();

    private String html() {
        return renderer.render(DecisionPaper.of(Example.scenario(), Example.plan(), Example.proof(), Example.annex()));
    }

    private static Document parsed(String html) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(html)));
        } catch (Exception malformed) {
            throw new AssertionError("the file is not well formed: " + malformed.getMessage(), malformed);
        }
    }

    private static List<Element> all(Document document, String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static Set<Double> numbers(Document document) {
        Set<Double> numbers = new HashSet<>();
        all(document, "data").forEach(data -> numbers.add(Double.parseDouble(data.getAttribute("value"))));
        return numbers;
    }

    @Test
    void theFileIsWellFormedAndSmall() {
        String html = html();
        parsed(html);
        assertThat(html).startsWith("<!DOCTYPE html>");
        assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(300_000);
    }

    @Test
    void theNumbersAreThePlansNumbersUnrounded() {
        Plan plan = Example.plan();
        Set<Double> shown = numbers(parsed(html()));
        Set<Double> expected = new HashSet<>();
        expected.add(
                plan.totals().stream().mapToDouble(Plan.PeriodTotals::costUsd).sum());
        expected.add(plan.gap());
        for (Plan.PeriodTotals totals : plan.totals()) {
            expected.addAll(List.of(
                    totals.costUsd(),
                    totals.capacityUsd(),
                    totals.energyUsd(),
                    totals.carbonPriceUsd(),
                    totals.energyKwh(),
                    totals.carbonKg(),
                    totals.waterLitres()));
        }
        for (Plan.Capacity capacity : plan.capacity()) {
            expected.add((double) capacity.count());
        }
        for (Plan.Placement placement : plan.placement()) {
            expected.add((double) placement.replicas());
            if (placement.share() > 0) {
                expected.add(placement.share());
                expected.add(placement.requestsPerSecond());
                expected.add(placement.peakRequestsPerSecond());
                expected.add(placement.capacityRequestsPerSecond());
            } else {
                expected.add(placement.tokens());
            }
        }
        assertThat(shown).containsAll(expected);
    }

    @Test
    void nothingIsLoadedFromAnywhere() {
        Document document = parsed(html());
        for (String name : ELEMENTS) {
            for (Element element : all(document, name)) {
                assertThat(element.hasAttribute("src") || element.hasAttribute("srcset"))
                        .isFalse();
                assertThat(element.hasAttribute("href")).isEqualTo(name.equals("a"));
            }
        }
        String style = all(document, "style").getFirst().getTextContent();
        assertThat(style).doesNotContain("url(", "@import", "http");
        String script = all(document, "script").getFirst().getTextContent();
        assertThat(script).doesNotContain("fetch", "XMLHttpRequest", "import", "http", "innerHTML", "eval");
    }

    @Test
    void thePolicyAllowsExactlyTheStyleAndScriptInTheFile() throws Exception {
        Document document = parsed(html());
        String policy = all(document, "meta").stream()
                .filter(meta -> meta.getAttribute("http-equiv").equals("Content-Security-Policy"))
                .findFirst()
                .orElseThrow()
                .getAttribute("content");
        for (String name : List.of("style", "script")) {
            assertThat(all(document, name)).hasSize(1);
            byte[] content = all(document, name).getFirst().getTextContent().getBytes(StandardCharsets.UTF_8);
            String digest = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
            assertThat(policy).contains(name + "-src 'sha256-" + digest + "'");
        }
        assertThat(policy).startsWith("default-src 'none'").doesNotContain("unsafe");
    }

    @Test
    void noNameBecomesMarkupOrScript() {
        for (String name : Hostile.NAMES) {
            Paper paper = Hostile.paper(name);
            Document document = parsed(renderer.render(paper));
            assertThat(all(document, "script")).hasSize(1);
            visit(document.getDocumentElement());
            assertThat(all(document, "h1").getFirst().getTextContent()).isEqualTo(paper.title());
        }
    }

    private static void visit(Element element) {
        assertThat(element.getTagName()).isIn(ELEMENTS);
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            assertThat(attribute.getNodeName()).doesNotStartWith("on").isNotEqualTo("style");
            if (attribute.getNodeName().equals("href")) {
                assertThat(attribute.getNodeValue()).matches("(#|https?://).*");
            }
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                visit(inner);
            }
        }
    }

    @Test
    void barsAreAsHighAsTheirNumbers() {
        String drawing = html();
        Document document = parsed(drawing);
        Element chart = all(document, "svg").stream()
                .filter(svg -> svg.getAttribute("aria-label").startsWith("Chips held"))
                .findFirst()
                .orElseThrow();
        // Own chips are the lowest segment: 72, 72, 88 and 88 of them.
        List<Double> heights = new ArrayList<>();
        NodeList shapes = chart.getElementsByTagName("rect");
        for (int i = 0; i < shapes.getLength(); i++) {
            Element shape = (Element) shapes.item(i);
            if (shape.getAttribute("class").equals("seg h0")) {
                heights.add(Double.parseDouble(shape.getAttribute("height")));
            }
        }
        assertThat(heights).hasSize(4);
        assertThat(heights.get(2) / heights.get(0)).isBetween(88 / 72.0 - 0.001, 88 / 72.0 + 0.001);
    }

    @Test
    void aReaderWithoutSightHasHeadingsCaptionsAndNames() {
        Document document = parsed(html());
        assertThat(document.getDocumentElement().getAttribute("lang")).isEqualTo("en");
        assertThat(all(document, "h1")).hasSize(1);
        assertThat(all(document, "table")).allSatisfy(table -> {
            assertThat(table.getElementsByTagName("caption").getLength()).isEqualTo(1);
            assertThat(table.getElementsByTagName("th").getLength()).isPositive();
        });
        assertThat(all(document, "svg"))
                .allMatch(svg -> svg.getAttribute("aria-hidden").equals("true")
                        || !svg.getAttribute("aria-label").isEmpty());
        Set<String> ids = new HashSet<>();
        Matcher id = Pattern.compile("\\sid=\"([^\"]*)\"").matcher(html());
        while (id.find()) {
            assertThat(ids.add(id.group(1)))
                    .as("id " + id.group(1) + " is unique")
                    .isTrue();
        }
        all(document, "a").stream()
                .map(link -> link.getAttribute("href"))
                .filter(target -> target.startsWith("#"))
                .forEach(target -> assertThat(ids).contains(target.substring(1)));
    }

    @Test
    void theSameQuestionGivesTheSameFile() {
        assertThat(html()).isEqualTo(html());
    }

    @Test
    void aLargePlanStaysSmall() {
        Plan plan = Example.plan();
        List<Plan.Placement> placement = new ArrayList<>();
        List<Plan.Capacity> capacity = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int now = i;
            plan.placement()
                    .forEach(one -> placement.add(new Plan.Placement(
                            one.period(),
                            "w" + now,
                            one.site(),
                            one.supplier(),
                            one.chip(),
                            one.deployment(),
                            one.replicas(),
                            one.chips(),
                            one.requestsPerSecond(),
                            one.peakRequestsPerSecond(),
                            one.capacityRequestsPerSecond(),
                            one.share(),
                            one.tokens())));
            plan.capacity()
                    .forEach(one -> capacity.add(new Plan.Capacity(
                            one.period(),
                            "s" + now,
                            one.supplier(),
                            one.chip(),
                            one.contract(),
                            one.count(),
                            one.added(),
                            one.costUsd())));
        }
        Plan large = new Plan(
                1,
                plan.scenarioName(),
                plan.scenarioHash(),
                plan.status(),
                plan.objectiveUsd(),
                plan.boundUsd(),
                plan.gap(),
                plan.periods(),
                capacity,
                placement,
                plan.totals(),
                plan.bindingLimits(),
                List.of(),
                List.of());
        String html = renderer.render(DecisionPaper.of(Example.scenario(), large, Example.proof()));
        assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(300_000);
        assertThat(html).contains("2301 more");
    }
}
