-- Beside who said it: where it stands, and in which document.
ALTER TABLE "post" ADD COLUMN "source_link" TEXT, ADD COLUMN "source_document" TEXT;
