package io.ampacity.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.gateway.reading.GatewayReader;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.LedgerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What deploy/ asks of a cluster has the form that clusters read, and fits what the gateway does. */
final class DeploymentTest {

    private static final Path FOLDER = Checkout.root().resolve("deploy/kubernetes");

    @Test
    void everyObjectHasThePublishedForm() throws IOException {
        List<ClusterObject> objects = objects();
        assertThat(objects)
                .extracting(ClusterObject::kind)
                .contains("Deployment", "Service", "HorizontalPodAutoscaler");
        for (ClusterObject object : objects) {
            object.check();
        }
    }

    @Test
    void aKeyThatNoClusterKnowsIsFound() throws IOException {
        ClusterObject deployment = the("Deployment");
        deployment.at("spec", "template", "spec").getAsJsonObject().addProperty("terminationGraceSeconds", 3);
        assertThatThrownBy(deployment::check).hasMessageContaining("terminationGraceSeconds");
    }

    @Test
    void everyFileIsAResourceOrSaidToBeGenerated() throws IOException {
        ClusterObject list =
                ClusterObject.in(FOLDER.resolve("kustomization.yaml")).getFirst();
        List<String> named = new ArrayList<>(List.of("kustomization.yaml"));
        list.at("resources").getAsJsonArray().forEach(each -> named.add(each.getAsString()));
        list.at("configMapGenerator", "0", "files").getAsJsonArray().forEach(each -> named.add(each.getAsString()));
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(named);
        }
    }

    @Test
    void theGatewayAcceptsItsDocumentAndItsPortsAndProbesAreThere() throws IOException {
        ClusterObject deployment = the("Deployment");
        GatewaySettings settings = settings(deployment);
        assertThat(settings.host()).isEqualTo("0.0.0.0");
        assertThat(settings.adminHost()).isEqualTo("0.0.0.0");
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (JsonElement port : container(deployment).getAsJsonArray("ports")) {
            JsonObject told = port.getAsJsonObject();
            ports.put(told.get("name").getAsString(), told.get("containerPort").getAsInt());
        }
        assertThat(ports)
                .containsExactly(Map.entry("http", settings.port()), Map.entry("operators", settings.adminPort()));
        for (String probe : List.of("readinessProbe", "livenessProbe", "startupProbe")) {
            JsonObject get = container(deployment).getAsJsonObject(probe).getAsJsonObject("httpGet");
            assertThat(ports).containsKey(get.get("port").getAsString());
            assertThat(get.get("path").getAsString()).isIn("/healthz", "/readyz");
        }
    }

    @Test
    void openRequestsHaveTheTimeToEndThatTheDocumentGrants() throws IOException {
        ClusterObject deployment = the("Deployment");
        int granted = deployment
                .at("spec", "template", "spec", "terminationGracePeriodSeconds")
                .getAsInt();
        int before = container(deployment)
                .getAsJsonObject("lifecycle")
                .getAsJsonObject("preStop")
                .getAsJsonObject("sleep")
                .get("seconds")
                .getAsInt();
        assertThat((double) granted)
                .isGreaterThan(before + settings(deployment).limits().drainSeconds());
    }

    @Test
    void theJournalLiesOnAVolumeAndNothingElseIsWritten() throws IOException {
        ClusterObject deployment = the("Deployment");
        String journal = settings(deployment).journal();
        JsonObject container = container(deployment);
        assertThat(container
                        .getAsJsonObject("securityContext")
                        .get("readOnlyRootFilesystem")
                        .getAsBoolean())
                .isTrue();
        List<String> mounts = new ArrayList<>();
        container
                .getAsJsonArray("volumeMounts")
                .forEach(mount ->
                        mounts.add(mount.getAsJsonObject().get("mountPath").getAsString()));
        assertThat(mounts).anySatisfy(mount -> assertThat(journal).startsWith(mount + "/"));
    }

    @Test
    void allReplicasShareOneLedgerWhosePasswordComesFromASecretAndTheWayThereIsOpen() throws IOException {
        ClusterObject deployment = the("Deployment");
        LedgerSettings ledger = Objects.requireNonNull(settings(deployment).ledger());
        assertThat(ledger.address().isShared()).isTrue();
        assertThat(ledger.address().password()).isEqualTo("a-secret");
        assertThat(Files.readString(FOLDER.resolve("network-policy.yaml"))).contains("port: 5432");
        container(deployment).getAsJsonArray("env").forEach(each -> {
            JsonObject told = each.getAsJsonObject();
            if (told.get("name").getAsString().endsWith("PASSWORD")) {
                assertThat(told.getAsJsonObject("valueFrom").has("secretKeyRef"))
                        .isTrue();
            }
        });
    }

    @Test
    void theImageTakesWhatABuildLeaves() throws IOException {
        String image = Files.readString(Checkout.root().resolve("deploy/Containerfile"));
        Matcher copies = Pattern.compile("(?m)^COPY --from=build (.*) \\S+$").matcher(image);
        List<String> taken = new ArrayList<>();
        while (copies.find()) {
            taken.addAll(List.of(copies.group(1).split(" ")));
        }
        assertThat(taken).contains("/src/ampacity", "/src/target/app");
        for (String path : taken) {
            if (!path.equals("/src/target/app")) { // made by the first start, in the image's first stage
                assertThat(Checkout.root().resolve(path.substring("/src/".length())))
                        .exists();
            }
        }
    }

    private static GatewaySettings settings(ClusterObject deployment) {
        Map<String, String> environment = new LinkedHashMap<>();
        container(deployment)
                .getAsJsonArray("env")
                .forEach(each ->
                        environment.put(each.getAsJsonObject().get("name").getAsString(), "a-secret"));
        GatewayReader.Result result =
                GatewayReader.read(FOLDER.resolve("gateway.yaml"), BuiltInCatalogue.load(), environment, null);
        assertThat(result.warnings()).isEmpty();
        return result.settings();
    }

    private static JsonObject container(ClusterObject deployment) {
        return deployment.at("spec", "template", "spec", "containers", "0").getAsJsonObject();
    }

    private static ClusterObject the(String kind) throws IOException {
        return objects().stream()
                .filter(object -> object.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static List<ClusterObject> objects() throws IOException {
        List<ClusterObject> objects = new ArrayList<>();
        for (JsonElement file : ClusterObject.in(FOLDER.resolve("kustomization.yaml"))
                .getFirst()
                .at("resources")
                .getAsJsonArray()) {
            objects.addAll(ClusterObject.in(FOLDER.resolve(file.getAsString())));
        }
        return objects;
    }
}
