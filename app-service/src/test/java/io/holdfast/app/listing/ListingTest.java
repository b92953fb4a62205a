package io.holdfast.app.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Answer;
import io.holdfast.app.testing.AppServiceTest;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ListingTest extends AppServiceTest {
    @Test
    void showsDocumentsInTheOrderOfTheirIdsBytes() throws IOException {
        for (String id : new String[] {"b", "%F0%9F%98%80", "a", "%EF%BF%BD", "A", "a%2Fb"}) {
            client.put(DOCUMENTS + "/" + id, "{\"raw\": 1e400}");
        }
        Answer answer = client.get(DOCUMENTS);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(ids(answer.json())).containsExactly("A", "a", "a/b", "b", "\uFFFD", "😀");
        assertThat(answer.text())
                .startsWith("{\"items\":[{\"id\":\"A\",\"etag\":\"\\\"")
                .endsWith("],\"next\":null}");
        assertThat(answer.text()).contains(",\"document\":{\"raw\": 1e400}}");
        assertThat(answer.json().path("items").get(1).path("etag").asString())
                .isEqualTo(client.get(DOCUMENTS + "/a").etag());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 1000})
    void pagesMeetEveryDocumentOnce(int limit) throws IOException {
        fill(250);
        assertThat(all("limit=" + limit)).hasSize(250).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void pagesAreFilledThoughTheStorageGivesLess() throws IOException {
        fill(250);
        store.limitPages(3);
        Answer answer = client.get(DOCUMENTS + "?limit=200");
        assertThat(ids(answer.json())).hasSize(200);
        assertThat(client.get(DOCUMENTS).json().path("items").size()).isEqualTo(100);
    }

    @Test
    void undisturbedDocumentsAppearOnceWhileOthersComeAndGo() throws IOException {
        fill(120);
        List<String> met = new ArrayList<>();
        String query = "?limit=10";
        for (int page = 0; !query.isEmpty(); page++) {
            JsonNode json = client.get(DOCUMENTS + query).json();
            met.addAll(ids(json));
            client.put(DOCUMENTS + "/x" + page, "{}");
            client.put(DOCUMENTS + "/0" + page, "{}");
            client.send("DELETE", DOCUMENTS + "/x" + (page - 1), null);
            query = json.path("next").isNull()
                    ? ""
                    : "?limit=10&cursor=" + json.path("next").asString();
        }
        assertThat(met.stream().filter(id -> id.startsWith("id"))).hasSize(120).doesNotHaveDuplicates();
    }

    @Test
    void onlyWhatBeginsWithThePrefix() throws IOException {
        for (String id : new String[] {"a", "ab", "a%2Fb", "a%25", "b", "%C3%A9%20x", "%C3%A9y"}) {
            client.put(DOCUMENTS + "/" + id, "1");
        }
        assertThat(all("prefix=a")).containsExactly("a", "a%", "a/b", "ab");
        assertThat(all("prefix=a%2F")).containsExactly("a/b");
        assertThat(all("prefix=%C3%A9+")).containsExactly("é x");
        assertThat(all("prefix=none")).isEmpty();
        assertThat(all("prefix=a&limit=1")).containsExactly("a", "a%", "a/b", "ab");
    }

    @Test
    void aPageEndsEarlyWhereItGrowsTooLarge() throws IOException {
        String large = "\"" + "x".repeat(1_000_000) + "\"";
        for (int i = 10; i < 30; i++) {
            client.put(DOCUMENTS + "/" + i, large);
        }
        store.limitPages(4);
        JsonNode page = client.get(DOCUMENTS).json();
        assertThat(page.path("items").size()).isBetween(8, 12);
        assertThat(page.path("next").isNull()).isFalse();
        assertThat(all("limit=100")).hasSize(20);
    }

    @Test
    void aPageEndsEarlyWhereTheStorageFailsMidway() throws IOException {
        fill(50);
        store.limitPages(10);
        failScansFrom(3, ProblemType.STORAGE_UNAVAILABLE);
        JsonNode page = client.get(DOCUMENTS).json();
        assertThat(page.path("items").size()).isEqualTo(20);
        store.intercept(_ -> null);
        assertThat(ids(client.get(DOCUMENTS + "?cursor=" + page.path("next").asString())
                        .json()))
                .hasSize(30);
    }

    @Test
    void aProblemWhereNothingCanBeRead() throws IOException {
        fill(1);
        failScansFrom(1, ProblemType.STORAGE_UNAVAILABLE);
        assertThat(client.get(DOCUMENTS).problem()).isEqualTo("storage-unavailable");
        store.limitPages(1);
        fill(3);
        failScansFrom(2, ProblemType.INTERNAL_ERROR);
        Answer answer = client.get(DOCUMENTS);
        assertThat(answer.problem()).isEqualTo("internal-error");
    }

    private void failScansFrom(int first, ProblemType type) {
        AtomicInteger scans = new AtomicInteger();
        store.intercept(operation -> operation instanceof Operation.Scan && scans.incrementAndGet() >= first
                ? new Outcome.Failed(type, "No primary.")
                : null);
    }

    @Test
    void unknownCollectionsAreNotFoundEmptyOnesAreEmpty() throws IOException {
        assertThat(client.get(DOCUMENTS).problem()).isEqualTo("collection-not-found");
        assertThat(client.get(DOCUMENTS, "Accept: application/x-ndjson").problem())
                .isEqualTo("collection-not-found");
        client.put(DOCUMENTS + "/a", "1");
        client.send("DELETE", DOCUMENTS + "/a", null);
        assertThat(client.get(DOCUMENTS).text()).isEqualTo("{\"items\":[],\"next\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1000000000",
                "limit=-1",
                "limit=1001",
                "limit=x",
                "limit=",
                "limit=1.0",
                "limit=99999999999999999999"
            })
    void limitsOutOfRange(String query) throws IOException {
        fill(1);
        for (String accept : new String[] {"application/json", "application/x-ndjson"}) {
            Answer answer = client.get(DOCUMENTS + "?" + query, "Accept: " + accept);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("invalid-parameter");
            assertThat(answer.detail()).contains("limit").contains("1000");
        }
    }

    @Test
    void prefixesThatNoIdCanHave() throws IOException {
        fill(1);
        assertThat(client.get(DOCUMENTS + "?prefix=" + "x".repeat(512)).status())
                .isEqualTo(200);
        assertThat(client.get(DOCUMENTS + "?prefix=" + "x".repeat(513)).detail())
                .contains("512");
        assertThat(client.get(DOCUMENTS + "?prefix=%0A").problem()).isEqualTo("invalid-parameter");
        assertThat(client.get(DOCUMENTS + "?prefix=%FF").problem()).isEqualTo("malformed-request");
        assertThat(client.get(DOCUMENTS + "?prefx=a").detail()).contains("prefix, limit, cursor");
    }

    @Test
    void cursorsThatAreNotOurs() throws IOException {
        fill(5);
        client.put("/api/v1/collections/others/documents/id0", "1");
        String cursor = client.get(DOCUMENTS + "?limit=2").json().path("next").asString();
        for (String query : new String[] {
            "cursor=",
            "cursor=x",
            "cursor=%20",
            "cursor=" + cursor + "A",
            "cursor=" + cursor.substring(1),
            "cursor=" + "A".repeat(5_000),
            "prefix=i&cursor=" + cursor,
            "cursor=" + flipped(cursor)
        }) {
            Answer answer = client.get(DOCUMENTS + "?" + query);
            assertThat(answer.status()).as(query).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("invalid-cursor");
        }
        assertThat(client.get("/api/v1/collections/others/documents?cursor=" + cursor)
                        .problem())
                .isEqualTo("invalid-cursor");
        assertThat(client.get(DOCUMENTS + "?cursor=" + cursor).status()).isEqualTo(200);
    }

    private static String flipped(String cursor) {
        char middle = cursor.charAt(3);
        return cursor.substring(0, 3) + (middle == 'A' ? 'B' : 'A') + cursor.substring(4);
    }

    private void fill(int documents) throws IOException {
        for (int i = 0; i < documents; i++) {
            client.put(DOCUMENTS + "/id%03d".formatted(i), "{\"n\":" + i + "}");
        }
    }

    private List<String> all(String query) throws IOException {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = client.get(DOCUMENTS + "?" + query + cursor).json();
            ids.addAll(ids(page));
            if (page.path("next").isNull()) {
                return ids;
            }
            cursor = "&cursor=" + page.path("next").asString();
        }
    }

    static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("items").forEach(item -> ids.add(item.path("id").asString()));
        return ids;
    }
}
