package io.holdfast.storage.partition;

import io.holdfast.storage.api.Namespace;
import java.nio.charset.StandardCharsets;

/// One share of all data: a hash tag, and with it a slot, in which a script can change everything
/// at once. All keys of Holdfast start with `hf:{tag}`.
///
/// @param number 0 for the partition that covers the lowest slots
/// @param tag the hash tag, whose slot lies in the middle of the partition's share of the slots
public record Partition(int number, String tag) {
    /// The epoch of a namespace in this partition: when it was created, or negative, when it was dropped.
    public byte[] epoch(Namespace namespace) {
        return key("e:" + namespace.qualifiedName());
    }

    /// The sorted set of the keys of a namespace's records, all with score 0 and so in the order of their bytes.
    public byte[] index(Namespace namespace) {
        return key("i:" + namespace.qualifiedName());
    }

    public byte[] record(Namespace namespace, String key) {
        return key("r:" + namespace.qualifiedName() + ':' + key);
    }

    /// The sorted set of all records with an expiry, by the millisecond at which they end.
    public byte[] expiries() {
        return key("x");
    }

    /// The last version given to a record here, and the incarnation of the primary that gave it.
    public byte[] clock() {
        return key("c");
    }

    /// The list of the incarnations that gave versions here.
    public byte[] history() {
        return key("h");
    }

    /// How many acknowledged writes are known to be lost, by the incarnation that did not have them and the note of it.
    public byte[] lost() {
        return key("l");
    }

    /// The set of indexes whose records are to be swept.
    public byte[] swept() {
        return key("t");
    }

    /// What a write came to that is to take place once.
    public byte[] kept(String token) {
        return key("o:" + token);
    }

    /// Who is at work under an idempotency key.
    public byte[] claim(String token) {
        return key("k:" + token);
    }

    /// This partition's part of the directory of namespaces.
    public byte[] directory() {
        return key("d");
    }

    /// The drops under way among this partition's part of the directory.
    public byte[] drops() {
        return key("p");
    }

    /// What the keys of records have in front of the namespace and their own key.
    public byte[] recordPrefix() {
        return key("r:");
    }

    /// What the keys of indexes have in front of the namespace.
    public byte[] indexPrefix() {
        return key("i:");
    }

    private byte[] key(String rest) {
        return ("hf:{" + tag + "}" + rest).getBytes(StandardCharsets.UTF_8);
    }
}
