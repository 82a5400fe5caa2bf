package io.ampacity.house;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One object that a cluster is asked to hold, as a file says it. */
record ClusterObject(Path file, JsonObject body) {

    /** The objects of a file, in its order. */
    static List<ClusterObject> in(Path file) throws IOException {
        List<ClusterObject> objects = new ArrayList<>();
        for (Object each : new Load(LoadSettings.builder().build()).loadAllFromString(Files.readString(file))) {
            objects.add(new ClusterObject(file, new Gson().toJsonTree(each).getAsJsonObject()));
        }
        return objects;
    }

    String kind() {
        return body.get("kind").getAsString();
    }

    String name() {
        return at("metadata", "name").getAsString();
    }

    /** What stands at a path; fails, naming the path, when nothing does. */
    JsonElement at(String... path) {
        JsonElement found = body;
        for (String step : path) {
            JsonElement next = found.isJsonArray()
                    ? found.getAsJsonArray().get(Integer.parseInt(step))
                    : found.getAsJsonObject().get(step);
            if (next == null) {
                throw new AssertionError(file + " has nothing at " + String.join(".", path));
            }
            found = next;
        }
        return found;
    }

    /** Checks it against the published form of its kind: no key unknown, none missing, each of its type. */
    void check() throws IOException {
        String version = body.get("apiVersion").getAsString();
        switch (version + " " + kind()) {
            case "apps/v1 Deployment" -> V1Deployment.validateJsonElement(body);
            case "autoscaling/v2 HorizontalPodAutoscaler" -> V2HorizontalPodAutoscaler.validateJsonElement(body);
            case "networking.k8s.io/v1 NetworkPolicy" -> V1NetworkPolicy.validateJsonElement(body);
            case "policy/v1 PodDisruptionBudget" -> V1PodDisruptionBudget.validateJsonElement(body);
            case "v1 Namespace" -> V1Namespace.validateJsonElement(body);
            case "v1 Service" -> V1Service.validateJsonElement(body);
            case "v1 ServiceAccount" -> V1ServiceAccount.validateJsonElement(body);
            default -> throw new AssertionError(file + " holds a " + version + " " + kind() + ", which nothing checks");
        }
    }
}
