package io.holdfast.deployment;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/// The volumes of the Redis nodes. Those that a cluster does not make on demand stay when the claims go, with what is
/// in them and kept for claims of that name: a second deployment to the same cluster would find none, or old data.
///
/// @param image one that the cluster has, with a shell's usual tools, run as the user to whom the data belong
record Volumes(Kubectl kubectl, String image, int count) {
    private static final String POD = "empty-volumes";
    private static final int USER = 10002;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// Deletes what is in them. Nobody may use them any more.
    void empty() {
        kubectl.run("run", POD, "--image=" + image, "--restart=Never", "--overrides=" + pod());
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> kubectl.run("get", "pod", POD, "-o", "jsonpath={.status.phase}")
                        .equals("Succeeded"));
    }

    private String pod() {
        List<Map<String, Object>> mounts = IntStream.range(0, count)
                .<Map<String, Object>>mapToObj(i -> Map.of("name", "data-" + i, "mountPath", "/data/" + i))
                .toList();
        List<Map<String, Object>> volumes = IntStream.range(0, count)
                .<Map<String, Object>>mapToObj(i ->
                        Map.of("name", "data-" + i, "persistentVolumeClaim", Map.of("claimName", "data-redis-" + i)))
                .toList();
        Map<String, Object> container = Map.of(
                "name",
                POD,
                "image",
                image,
                "imagePullPolicy",
                "IfNotPresent",
                "command",
                List.of("find", "/data", "-mindepth", "2", "-not", "-name", "lost+found", "-delete"),
                "securityContext",
                Map.of("allowPrivilegeEscalation", false, "capabilities", Map.of("drop", List.of("ALL"))),
                "volumeMounts",
                mounts);
        Map<String, Object> user = Map.of(
                "runAsNonRoot", true,
                "runAsUser", USER,
                "runAsGroup", USER,
                "fsGroup", USER,
                "seccompProfile", Map.of("type", "RuntimeDefault"));
        return new JsonMapper()
                .writeValueAsString(Map.of(
                        "apiVersion",
                        "v1",
                        "spec",
                        Map.of(
                                "automountServiceAccountToken",
                                false,
                                "securityContext",
                                user,
                                "containers",
                                List.of(container),
                                "volumes",
                                volumes)));
    }

    /// Gives them to whoever claims a volume next. Their claims have to be gone.
    void release() {
        kubectl.run(
                        "get",
                        "pv",
                        "-o",
                        "jsonpath={range .items[?(@.spec.claimRef.namespace==\"%s\")]}{.metadata.name}{\"\\n\"}{end}"
                                .formatted(kubectl.namespace()))
                .lines()
                .forEach(name -> kubectl.attempt(
                        "patch",
                        "pv",
                        name,
                        "--type=json",
                        "-p",
                        "[{\"op\": \"remove\", \"path\": \"/spec/claimRef\"}]"));
    }
}
