package io.holdfast.storage.api;

/// How current a read must be.
public sealed interface Consistency {
    /// What the primary has. One that was replaced and does not know it yet may answer with what it
    /// had, and what is read may be lost with its primary unless its write was `replicated`.
    Consistency STRONG = new Strong();

    /// What no later failover takes back, and no earlier one has replaced: all replicas of the primary
    /// confirm that they still follow it.
    Consistency LINEARIZABLE = new Linearizable();

    /// What any replica has that is as far as the session.
    static Consistency eventual(Session session) {
        return new Eventual(session);
    }

    record Strong() implements Consistency {}

    record Linearizable() implements Consistency {}

    record Eventual(Session session) implements Consistency {}
}
