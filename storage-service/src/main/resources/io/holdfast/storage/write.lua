-- Applies writes to records of one namespace in one partition, each on its own, in order.
--
-- KEYS  1 epoch of the namespace here   2 index (sorted set of record keys)   3 expiry index of the partition
--       4 clock of the partition        5 set of what is to be swept          6 history of the partition
--       7… one record key for each write, then one key for each write that is to take place once
-- ARGV  1 qualified namespace           2 epoch just registered, 0 if none    3 number of writes
--       then for each write: kind (P, D), key, precondition, its version, time to live in ms, operation id, tail,
--       and for how many ms it is known again; if that is not 0: fingerprint, note
-- Answers {state, incarnation, outcome, version, outcome, version, …}; state: 1 applied, 0 not registered, -1 epoch
-- outdated. The incarnation of the primary is empty where nothing rests on it, as nothing was or had been written.
-- Outcomes: 1 created, 2 replaced, 3 removed, 4 absent, 5 conflict (with the current version, 0 if absent);
-- 11 to 13: that had happened before, and a note follows; 20: the key belongs to another write.
--
-- A record is: version, epoch, expiry in ms (big-endian, 8 bytes each), operation id (8), flag C or R (1), tail.
-- Numbers stay below 2^53, where doubles are exact: versions and epochs are microseconds since 1970.
local HEAD = 33

local namespace, registered = ARGV[1], tonumber(ARGV[2])
local epoch = tonumber(redis.call('GET', KEYS[1]) or '0')

if registered > 0 then
  if registered < math.abs(epoch) or registered == -epoch then
    return {-1}
  end
  if registered > math.abs(epoch) then
    if redis.call('EXISTS', KEYS[2]) == 1 then
      local swept = KEYS[5] .. ':' .. string.format('%.0f', math.abs(epoch)) .. ':' .. namespace
      redis.call('RENAME', KEYS[2], swept)
      redis.call('SADD', KEYS[5], swept)
    end
    redis.call('SET', KEYS[1], string.format('%.0f', registered))
    epoch = registered
  end
elseif epoch <= 0 then
  return {0}
end

local time = redis.call('TIME')
local seconds, micros = tonumber(time[1]), tonumber(time[2])
local now = seconds * 1000 + math.floor(micros / 1000)
local before, last = read_clock(KEYS[4])
local version = math.max(seconds * 1000000 + micros - 1, before)
local start = version
local repeated = false

local function current(record)
  local head = redis.call('GETRANGE', record, 0, HEAD - 1)
  if #head < HEAD then
    return nil
  end
  local at, of, expires = struct.unpack('>I8I8I8', head)
  if of ~= epoch then
    return nil
  end
  return {version = at, expires = expires, operation = string.sub(head, 25, 32), flag = string.sub(head, 33, 33)}
end

local function holds(precondition, wanted, found)
  if precondition == '0' then
    return true
  elseif precondition == '1' then
    return found == nil
  elseif precondition == '2' then
    return found ~= nil
  end
  return found ~= nil and found.version == tonumber(wanted)
end

local function put(record, key, found, ttl, operation, tail)
  version = version + 1
  local member = namespace .. ':' .. key
  local expires = 0
  if ttl > 0 then
    expires = now + ttl
  end
  local flag = found and 'R' or 'C'
  local bytes = struct.pack('>I8I8I8', version, epoch, expires) .. operation .. flag .. tail
  if expires > 0 then
    redis.call('SET', record, bytes, 'PXAT', string.format('%.0f', expires))
    redis.call('ZADD', KEYS[3], expires, member)
  else
    redis.call('SET', record, bytes)
    if not found or found.expires > 0 then
      redis.call('ZREM', KEYS[3], member)
    end
  end
  if not found then
    redis.call('ZADD', KEYS[2], 0, key)
  end
  return found and 2 or 1
end

local function remove(record, key, found)
  version = version + 1
  redis.call('DEL', record)
  redis.call('ZREM', KEYS[2], key)
  if found.expires > 0 then
    redis.call('ZREM', KEYS[3], namespace .. ':' .. key)
  end
end

-- A write that took place is kept as: version (8 bytes), outcome (1), length of the fingerprint (1), fingerprint, note.
local function recall(kept, fingerprint)
  local bytes = redis.call('GET', kept)
  if not bytes then
    return nil
  end
  local at, outcome, length = struct.unpack('>I8BB', bytes)
  if string.sub(bytes, 11, 10 + length) ~= fingerprint then
    return 20, 0, nil
  end
  return outcome + 10, at, string.sub(bytes, 11 + length)
end

local function keep(kept, outcome, at, fingerprint, note, ms)
  local bytes = struct.pack('>I8BB', at, outcome, #fingerprint) .. fingerprint .. note
  redis.call('SET', kept, bytes, 'PXAT', string.format('%.0f', now + ms))
end

local function apply(record, kind, key, precondition, wanted, ttl, operation, tail)
  local found = current(record)
  local outcome, at
  if kind == 'P' and found and found.operation == operation then
    outcome, at = (found.flag == 'C') and 1 or 2, found.version
    repeated = true
  elseif kind == 'D' and not found then
    outcome, at = 4, 0
    repeated = true
  elseif not holds(precondition, wanted, found) then
    outcome, at = 5, found and found.version or 0
  elseif kind == 'P' then
    outcome = put(record, key, found, ttl, operation, tail)
    at = version
  else
    remove(record, key, found)
    outcome, at = 3, version
  end
  return outcome, at
end

local answer = {1, ''}
local argument = 4
local kept = 6 + tonumber(ARGV[3])
for i = 7, 6 + tonumber(ARGV[3]) do
  local kind, key, precondition = ARGV[argument], ARGV[argument + 1], ARGV[argument + 2]
  local wanted, ttl = ARGV[argument + 3], tonumber(ARGV[argument + 4])
  local operation, tail, ms = ARGV[argument + 5], ARGV[argument + 6], tonumber(ARGV[argument + 7])
  argument = argument + 8
  local outcome, at, note
  if ms > 0 then
    local fingerprint = ARGV[argument]
    kept = kept + 1
    outcome, at, note = recall(KEYS[kept], fingerprint)
    if outcome then
      repeated = true
    else
      outcome, at = apply(KEYS[i], kind, key, precondition, wanted, ttl, operation, tail)
      if outcome <= 3 then
        keep(KEYS[kept], outcome, at, fingerprint, ARGV[argument + 1], ms)
      end
    end
    argument = argument + 2
  else
    outcome, at = apply(KEYS[i], kind, key, precondition, wanted, ttl, operation, tail)
  end
  answer[#answer + 1] = outcome
  answer[#answer + 1] = at
  if note then
    answer[#answer + 1] = note
  end
end

-- An answer that may rest on an earlier write is one that replicas must confirm, and they confirm only what is written
-- on the connection of who asks them: so a repetition writes the clock, too, and is confirmed with all before it.
if version > start or repeated then
  local incarnation = current_incarnation()
  move_clock(KEYS[4], KEYS[6], before, last, version, incarnation, start, now)
  answer[2] = incarnation
end
return answer
