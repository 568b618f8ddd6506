"""Random models that are sound by construction: blocks with one way in and one way out, in each other and after each
other. What throws stands right after a user task, so that nothing else moves at that moment and the order in which
tokens are taken does not matter."""

from random import Random

VALUES = [f"v{n}" for n in range(5)]
SIGNALS = ["rood", "groen"]


class Maker:
    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.count = 0

    def model(self) -> str:
        """The text of a model for `drawing`."""
        return "\n".join(["start s", "end e", *self._flow("s", self._row(3), "e")])

    def _id(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def _row(self, depth: int) -> list[tuple[str, str, list[str]]]:
        return [self._block(depth) for _ in range(self.random.randint(1, 3 if depth > 1 else 2))]

    def _flow(self, first: str, blocks: list[tuple[str, str, list[str]]], last: str) -> list[str]:
        """The lines of a row of blocks, connected from `first` to `last`."""
        lines = [line for _, _, inside in blocks for line in inside]
        ends = [first, *(end for _, end, _ in blocks)]
        starts = [*(start for start, _, _ in blocks), last]
        return lines + [f"{a}>{b}" for a, b in zip(ends, starts, strict=True)]

    def _block(self, depth: int) -> tuple[str, str, list[str]]:
        """(where it begins, where it ends, its lines)."""
        simple = [self._task, self._task, self._wait, self._pass]
        nested = [self._choice, self._parallel, self._inclusive, self._loop, self._events, self._border]
        nested += [self._subprocess, self._subprocess, self._rising]
        return self.random.choice(simple if depth == 0 else simple + nested * 2)(depth - 1)

    def _task(self, depth: int) -> tuple[str, str, list[str]]:
        name = self._id("t")
        return name, name, [f"user {name}{self._marker(name)}"]

    def _marker(self, name: str) -> str:
        kind = self.random.choice(["", "", "", "", "many", "loop"])
        if kind == "many":
            items = self.random.choice(["[]", '["a", "b"]', '["a", "b", "c"]'])
            return f":{self.random.choice(['', ' one by one'])} each i_{name} in = {items}"
        return f": while = {self._value()} max 3" if kind == "loop" else ""

    def _value(self) -> str:
        return self.random.choice(VALUES)

    def _wait(self, depth: int) -> tuple[str, str, list[str]]:
        name = self._id("w")
        signal, value = self.random.choice(SIGNALS), self._value()
        waits = [f"message {name}", "after P1D", f"if = {value}", f"signal {signal}"]
        if self.random.random() < 0.25:
            return name, name, [f"receive {name}: {name}"]
        return name, name, [f"catch {name}: {self.random.choice(waits)}"]

    def _pass(self, depth: int) -> tuple[str, str, list[str]]:
        """What goes on at once, or throws."""
        task, name, far = self._id("t"), self._id("p"), self._id("l")
        kind = self.random.choice(["service", "signal", "link", "none"])
        if kind == "service":
            return name, name, [f"service {name}"]
        if kind == "link":
            return name, far, [f"throw {name}: link {name}", f"catch {far}: link {name}"]
        event = f": signal {self.random.choice(SIGNALS)}" if kind == "signal" else ""
        return task, name, [f"user {task}", f"throw {name}{event}", f"{task}>{name}"]

    def _branches(self, kind: str, depth: int, conditional: bool) -> tuple[str, str, list[str]]:
        split, join = self._id("g"), self._id("g")
        lines = [f"{kind} {split}, {join}"]
        for number in range(self.random.randint(2, 3)):
            row = self._flow("", self._row(depth), join)
            first = row.pop(next(n for n, line in enumerate(row) if line.startswith(">")))[1:]
            lines += row
            if conditional and number:
                lines.append(f"{split}>{first} if = {self._value()}")
            else:
                lines.append(f"{split}>{first}")
                lines += [f"default {split} {first}"] if conditional else []
        return split, join, lines

    def _choice(self, depth: int) -> tuple[str, str, list[str]]:
        return self._branches("xor", depth, True)

    def _parallel(self, depth: int) -> tuple[str, str, list[str]]:
        return self._branches("and", depth, False)

    def _inclusive(self, depth: int) -> tuple[str, str, list[str]]:
        return self._branches("or", depth, True)

    def _loop(self, depth: int) -> tuple[str, str, list[str]]:
        back, task, test, after = self._id("m"), self._id("t"), self._id("x"), self._id("o")
        lines = [f"xor {back}, {test}", f"user {task}", f"throw {after}", f"default {test} {after}"]
        lines += self._flow(task, self._row(depth), test)
        return back, after, [*lines, f"{back}>{task}", f"{test}>{back} if = {self._value()}", f"{test}>{after}"]

    def _events(self, depth: int) -> tuple[str, str, list[str]]:
        gateway, merge = self._id("q"), self._id("m")
        lines = [f"events {gateway}", f"xor {merge}"]
        for what in self.random.sample(["message {0}", "after P1D", "signal rood"], self.random.randint(2, 3)):
            name = self._id("w")
            lines += [f"catch {name}: {what.format(name)}", f"{gateway}>{name}"]
            lines += self._flow(name, self._row(depth), merge)
        return gateway, merge, lines

    def _border(self, depth: int) -> tuple[str, str, list[str]]:
        """A user task or subprocess with something on its border."""
        if self.random.random() < 0.5:
            name = self._id("t")
            lines = [f"user {name}{self._marker(name)}"]
        else:
            name, _, lines = self._subprocess(depth)
        merge = self._id("m")
        lines += [f"xor {merge}", f"{name}>{merge}"]
        for _ in range(self.random.randint(1, 2)):
            event = self._id("b")
            if self.random.random() < 0.5:
                what = self.random.choice([f"message {event}", "after P1D", "signal rood"])
                lines += [f"boundary {event} on {name}: {what}", *self._flow(event, self._row(depth), merge)]
            else:
                lines += self._going_on(event, name)
        return name, merge, lines

    def _going_on(self, event: str, name: str) -> list[str]:
        what = self.random.choice([f"message {event}", "after P1D", "signal groen"])
        task, end = self._id("t"), self._id("e")
        return [f"border {event} on {name}: {what}", f"user {task}", f"end {end}", f"{event}>{task}>{end}"]

    def _subprocess(self, depth: int) -> tuple[str, str, list[str]]:
        name = self._id("s")
        start, end = self._id("b"), self._id("e")
        inside = [f"start {start}", f"end {end}", *self._flow(start, self._row(depth), end)]
        if self.random.random() < 0.3:
            inside += self._handler()
        if self.random.random() < 0.2:
            inside += self._ending(start, inside)
        return name, name, [f"sub {name}{self._marker(name)}", *(f"  {line}" for line in inside)]

    def _handler(self) -> list[str]:
        name, start, task, end = (self._id(kind) for kind in ("h", "b", "t", "e"))
        gently = self.random.choice(["", " gently"])
        inside = [f"start {start}{gently}: message {start}", f"user {task}", f"end {end}", f"{start}>{task}>{end}"]
        return [f"event {name}", *(f"  {line}" for line in inside)]

    def _ending(self, start: str, inside: list[str]) -> list[str]:
        """A branch beside what is inside, that ends all of it."""
        place = next(n for n, line in enumerate(inside) if line.startswith(f"{start}>"))
        first = inside.pop(place).partition(">")[2]
        split, task, end = self._id("g"), self._id("t"), self._id("e")
        lines = [f"and {split}", f"user {task}", f"end {end}: terminate", f"{start}>{split}>{first}"]
        return [*lines, f"{split}>{task}>{end}"]

    def _rising(self, depth: int) -> tuple[str, str, list[str]]:
        """A subprocess in which an error or an escalation rises, caught on its border or by a handler inside it."""
        name, start, split, task, throw, end, merge = (self._id(kind) for kind in "sbgteem")
        kind = self.random.choice(["error", "escalation"])
        inside = [f"start {start}", f"and {split}", f"user {task}", f"end {throw}: {kind} {name}", f"end {end}"]
        inside += [f"{start}>{split}>{task}>{throw}", *self._flow(split, self._row(depth), end)]
        by_handler, on = self.random.random() < 0.4, self._id("b")
        gently = kind == "escalation" and self.random.random() < 0.5
        if by_handler:
            handler, after, done = self._id("h"), self._id("t"), self._id("e")
            inside += [f"event {handler}", f"  start {on}{' gently' if gently else ''}: {kind} {name}"]
            inside += [f"  user {after}", f"  end {done}", f"  {on}>{after}>{done}"]
        lines = [f"sub {name}{self._marker(name)}", *(f"  {line}" for line in inside), f"xor {merge}"]
        lines.append(f"{name}>{merge}")
        if not by_handler and not gently:
            lines += [f"boundary {on} on {name}: {kind} {name}", *self._flow(on, self._row(0), merge)]
        elif not by_handler:
            after, done = self._id("t"), self._id("e")
            lines += [f"border {on} on {name}: {kind} {name}", f"user {after}", f"end {done}", f"{on}>{after}>{done}"]
        return name, merge, lines
